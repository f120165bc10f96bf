#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh PROJECT BRANCH: builds $SLUICE_COMMIT and uploads it; files that Cloudflare has already are not sent again.
# https://developers.cloudflare.com/workers/wrangler/commands/pages/
# wrangler cannot roll Pages back, and the API's rollback knows production alone; rollback.sh does this with the commit
# before.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
project=${1:?usage: deploy.sh PROJECT BRANCH}
branch=${2:?usage: deploy.sh PROJECT BRANCH}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
npm ci
npm run build
wrangler pages deploy dist --project-name "$project" --branch "$branch" --commit-hash "$commit" --commit-dirty=false
