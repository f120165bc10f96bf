#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# restore.sh BENCH SITE: the site as backup.sh found it before $SLUICE_COMMIT came. All that was written since is lost.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/frappe.sh"
bench=${1:?usage: restore.sh BENCH SITE} site=${2:?usage: restore.sh BENCH SITE}
commit=$(commit_in SLUICE_COMMIT)
directory=$(backups "$commit")
backup=$(newest_in "$directory")
cd "$bench"
bench --site "$site" --force restore "$backup-database.sql.gz" \
  --with-public-files "$backup-files.tar" --with-private-files "$backup-private-files.tar"
