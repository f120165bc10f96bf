# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# update_to COMMIT APP: the app at this commit, with what it requires; does nothing if that was done. `bench update` by
# itself would take whatever the branch has by now, so it only updates requirements; the backup was taken before.
# https://docs.frappe.io/framework/user/en/bench/resources/bench-commands-cheatsheet
update_to() {
  local done=refs/sluice/updated head remote
  head=$(git -C "apps/$2" rev-parse HEAD)
  if [ "$head" = "$1" ] && [ "$(git -C "apps/$2" rev-parse --verify --quiet "$done" || true)" = "$1" ]; then
    return
  fi
  if ! git -C "apps/$2" cat-file -e "$1^{commit}"; then
    remote=$(git -C "apps/$2" remote | head -n 1)
    git -C "apps/$2" fetch --quiet "$remote" "$1"
  fi
  git -C "apps/$2" checkout --quiet --detach "$1"
  bench update --requirements --no-backup
  git -C "apps/$2" update-ref "$done" "$1"
}

# bring_in SITE APP: what the processes serve is that of the files.
bring_in() {
  bench build --app "$2"
  bench --site "$1" clear-cache
  bench restart
}

# backups COMMIT: where the backup is that was made before this commit came.
backups() {
  printf '%s\n' "${SLUICE_BACKUPS:-$HOME/sluice-backups}/$SLUICE_ENVIRONMENT/$1"
}

# newest_in DIRECTORY: what the names of the newest backup's files begin with; they begin with the time.
newest_in() {
  local files=("$1"/*-database.sql.gz)
  printf '%s\n' "${files[-1]%-database.sql.gz}"
}
