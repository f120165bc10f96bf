#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# migrate.sh PROJECT SERVICE WORD…: runs the words in a container of $SLUICE_COMMIT that is made for it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/compose.sh"
usage='usage: migrate.sh PROJECT SERVICE WORD…'
project=${1:?$usage} service=${2:?$usage}
: "${3:?$usage}"
shift 2
commit=$(commit_in SLUICE_COMMIT)
compose "$commit" "$project" pull --quiet "$service"
compose "$commit" "$project" run --rm --no-deps --no-TTY --interactive=false "$service" "$@"
