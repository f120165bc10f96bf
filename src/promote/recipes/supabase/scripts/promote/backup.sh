#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# backup.sh PROJECT: roles, schema and data in $SLUICE_BACKUPS, a directory that should outlive this machine.
# The three dumps are those of https://supabase.com/docs/guides/platform/migrating-within-supabase/backup-restore
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
project=${1:?usage: backup.sh PROJECT}
commit=$(commit_in SLUICE_COMMIT)
directory=${SLUICE_BACKUPS:-$HOME/sluice-backups}/$SLUICE_ENVIRONMENT/$commit
umask 077
mkdir -p "$directory"

release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
supabase link --project-ref "$project"
supabase db dump --linked --role-only --file "$directory/roles.sql"
supabase db dump --linked --file "$directory/schema.sql"
supabase db dump --linked --data-only --use-copy --file "$directory/data.sql"
for part in roles schema data; do
  if [ ! -s "$directory/$part.sql" ]; then
    echo "the dump $directory/$part.sql is empty" >&2
    exit 1
  fi
done
echo "dumped to $directory"
