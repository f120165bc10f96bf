#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh APP: builds the image of $SLUICE_COMMIT, whose tag is the commit, and deploys it with that commit's fly.toml.
# https://fly.io/docs/flyctl/deploy/
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
app=${1:?usage: deploy.sh APP}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
flyctl deploy --app "$app" --remote-only --image-label "$commit" --yes
