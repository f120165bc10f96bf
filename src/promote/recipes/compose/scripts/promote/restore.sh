#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# restore.sh PROJECT SERVICE USER DATABASE: brings back what backup.sh dumped before $SLUICE_COMMIT came; all or nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/compose.sh"
usage='usage: restore.sh PROJECT SERVICE USER DATABASE'
project=${1:?$usage} service=${2:?$usage} user=${3:?$usage} database=${4:?$usage}
commit=$(commit_in SLUICE_COMMIT)
file=$(backup_file "$commit")
docker compose --project-name "$project" exec --no-TTY "$service" \
  pg_restore --username="$user" --dbname="$database" --clean --if-exists --single-transaction --exit-on-error <"$file"
