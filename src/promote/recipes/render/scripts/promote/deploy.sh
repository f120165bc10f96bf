#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh SERVICE: Render fetches $SLUICE_COMMIT from the repository, builds and deploys it; --wait fails if that does.
# https://render.com/docs/cli
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
service=${1:?usage: deploy.sh SERVICE}
commit=$(commit_in SLUICE_COMMIT)
render deploys create "$service" --commit "$commit" --wait --confirm --output json
