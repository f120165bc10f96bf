#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh SITE: builds $SLUICE_COMMIT as netlify.toml says and publishes it; the message is how it is found again.
# https://cli.netlify.com/commands/deploy/
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
site=${1:?usage: deploy.sh SITE}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
npm ci
netlify deploy --prod --context production --site "$site" --message "$commit"
