#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# backup.sh BENCH SITE: database and files of the site to $SLUICE_BACKUPS, each read through once.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/frappe.sh"
bench=${1:?usage: backup.sh BENCH SITE} site=${2:?usage: backup.sh BENCH SITE}
commit=$(commit_in SLUICE_COMMIT)
directory=$(backups "$commit")
umask 077
mkdir -p "$directory"
cd "$bench"
bench --site "$site" backup --with-files --backup-path "$directory"
backup=$(newest_in "$directory")
gzip --test "$backup-database.sql.gz"
tar --list --file "$backup-files.tar" >/dev/null
tar --list --file "$backup-private-files.tar" >/dev/null
echo "backed up to $directory"
