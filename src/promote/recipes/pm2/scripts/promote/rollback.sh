#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# rollback.sh HOST DIRECTORY: makes the release of $SLUICE_PREVIOUS_COMMIT, which is still on the server, the live one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/server.sh"
host=${1:?usage: rollback.sh HOST DIRECTORY} directory=${2:?usage: rollback.sh HOST DIRECTORY}
target=$(commit_in SLUICE_PREVIOUS_COMMIT)
on_server "$host" activate.sh "$directory" "$target"
