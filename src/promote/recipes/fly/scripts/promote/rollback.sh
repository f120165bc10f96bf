#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# rollback.sh APP: deploys the image of $SLUICE_PREVIOUS_COMMIT again. Nothing is built, and no release command is run.
# https://fly.io/docs/flyctl/deploy/
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
app=${1:?usage: rollback.sh APP}
target=$(commit_in SLUICE_PREVIOUS_COMMIT)
release=$(mktemp -d)
checkout "$target" "$release"
cd "$release"
flyctl deploy --app "$app" --image "registry.fly.io/$app:$target" --skip-release-command --yes
