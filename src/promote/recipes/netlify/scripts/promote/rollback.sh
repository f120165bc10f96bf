#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# rollback.sh SITE: publishes the deploy of $SLUICE_PREVIOUS_COMMIT again. Nothing is built.
# https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/ (restoreSiteDeploy)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
site=${1:?usage: rollback.sh SITE}
target=$(commit_in SLUICE_PREVIOUS_COMMIT)
query=$(jq --compact-output --null-input --arg site "$site" '{site_id: $site, per_page: 100}')
deploy=$(netlify api listSiteDeploys --data "$query" | jq --raw-output --arg target "$target" '
  [.[] | select(.title == $target and .state == "ready")][0].id // empty')
if [ -z "$deploy" ]; then
  echo "Netlify has no deploy of $target" >&2
  exit 1
fi
netlify api restoreSiteDeploy --data "$(jq --compact-output --null-input --arg site "$site" --arg deploy "$deploy" \
  '{site_id: $site, deploy_id: $deploy}')"
