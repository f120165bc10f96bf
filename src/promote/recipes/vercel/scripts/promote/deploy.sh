#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh PROJECT: builds $SLUICE_COMMIT, uploads it, and gives it the project's domains.
# After a rollback Vercel gives a new deployment no domain by itself, so `promote` does it always:
# https://vercel.com/docs/cli/promote
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
export VERCEL_PROJECT_ID=${1:?usage: deploy.sh PROJECT}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
vercel pull --yes --environment=production
vercel build --prod --yes
url=$(vercel deploy --prebuilt --prod --skip-domain --yes --meta "sluiceCommit=$commit")
vercel promote "$url" --yes --timeout 10m
