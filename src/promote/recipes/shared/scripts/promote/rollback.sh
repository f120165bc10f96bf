#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# rollback.sh …: deploys the release before this one as it was deployed then, with the words that deploy.sh takes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
target=$(commit_in SLUICE_PREVIOUS_COMMIT)
SLUICE_COMMIT=$target exec "$here/deploy.sh" "$@"
