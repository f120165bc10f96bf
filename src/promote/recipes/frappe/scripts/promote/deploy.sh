#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh BENCH SITE APP: assets of $SLUICE_COMMIT built, caches cleared, processes started again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/frappe.sh"
usage='usage: deploy.sh BENCH SITE APP'
bench=${1:?$usage} site=${2:?$usage} app=${3:?$usage}
commit=$(commit_in SLUICE_COMMIT)
cd "$bench"
update_to "$commit" "$app"
bring_in "$site" "$app"
