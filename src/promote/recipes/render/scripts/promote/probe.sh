#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh SERVICE URL: whether the service answers, and the commit of the deploy that is live.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
service=${1:?usage: probe.sh SERVICE URL} url=${2:?usage: probe.sh SERVICE URL}
observe_with render
deploys=$(render deploys list "$service" --output json) || cannot_observe "render failed"
version=$(jq --raw-output '[.[] | select(.status == "live")][0].commit.id // empty' <<<"$deploys") ||
  cannot_observe "render's list is not understood"
look "$url"
report "$version"
