# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# compose COMMIT PROJECT WORD…: docker compose with compose.yml as that commit has it, and its image. Paths in the file
# start here, not in a copy that is gone when the containers start again.
# https://docs.docker.com/reference/cli/docker/compose/
compose() {
  local commit=$1 project=$2
  shift 2
  git show "$commit:compose.yml" |
    IMAGE_TAG=$commit docker compose --project-name "$project" --project-directory "$PWD" --file - "$@"
}

# backup_file COMMIT: where the dump is that was made before this commit came.
backup_file() {
  printf '%s\n' "${SLUICE_BACKUPS:-$HOME/sluice-backups}/$SLUICE_ENVIRONMENT/$1.dump"
}
