#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh URL: what the Edge Function at this address says of itself and of what it needs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
url=${1:?usage: probe.sh URL}
observe_with
look "$url"
version=$(in_body '.version // empty')
service=$(in_body '{service: {ok: ((.status // "") | tostring | test("^(unhealthy|fail|error|down)$"; "i") | not)}}')
parts=$(in_body '.checks | objects | with_entries(select(.value.ok? | type == "boolean"))')
report "$version" "$service" "$parts"
