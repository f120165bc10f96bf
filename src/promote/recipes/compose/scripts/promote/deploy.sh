#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh PROJECT: the containers of $SLUICE_COMMIT; waits until they are healthy, and fails if they do not become it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/compose.sh"
project=${1:?usage: deploy.sh PROJECT}
commit=$(commit_in SLUICE_COMMIT)
compose "$commit" "$project" pull --quiet
compose "$commit" "$project" up --detach --no-build --remove-orphans --wait --wait-timeout 300
