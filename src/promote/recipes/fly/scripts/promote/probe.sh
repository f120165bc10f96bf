#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh APP URL: whether the app answers, and the commit that its machines run: none if they run several.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
app=${1:?usage: probe.sh APP URL} url=${2:?usage: probe.sh APP URL}
observe_with flyctl
images=$(flyctl image show --app "$app" --json) || cannot_observe "flyctl failed"
tags=$(jq --compact-output '[.[].Tag] | unique' <<<"$images") || cannot_observe "flyctl's answer is not understood"
version=$(jq --raw-output 'if length == 1 then .[0] else empty end' <<<"$tags")
look "$url"
report "$version" "$(jq --compact-output '{machines: {ok: (length == 1)}}' <<<"$tags")"
