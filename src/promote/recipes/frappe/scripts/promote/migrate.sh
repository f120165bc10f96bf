#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# migrate.sh BENCH SITE APP: the app at $SLUICE_COMMIT, and the site migrated to it. May be run again: patches that were
# applied are in the site's patch log.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/frappe.sh"
usage='usage: migrate.sh BENCH SITE APP'
bench=${1:?$usage} site=${2:?$usage} app=${3:?$usage}
commit=$(commit_in SLUICE_COMMIT)
cd "$bench"
update_to "$commit" "$app"
bench --site "$site" migrate
