#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# backup.sh PROJECT SERVICE USER DATABASE: dumps PostgreSQL to $SLUICE_BACKUPS and reads the dump's table of contents.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/compose.sh"
usage='usage: backup.sh PROJECT SERVICE USER DATABASE'
project=${1:?$usage} service=${2:?$usage} user=${3:?$usage} database=${4:?$usage}
commit=$(commit_in SLUICE_COMMIT)
file=$(backup_file "$commit")
umask 077
mkdir -p "$(dirname "$file")"
docker compose --project-name "$project" exec --no-TTY "$service" \
  pg_dump --username="$user" --format=custom "$database" >"$file.part"
docker compose --project-name "$project" exec --no-TTY "$service" pg_restore --list <"$file.part" >/dev/null
mv "$file.part" "$file"
echo "dumped to $file"
