#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# rollback.sh PROJECT: gives the domains back to the deployment of $SLUICE_PREVIOUS_COMMIT. Nothing is built.
# https://vercel.com/docs/cli/rollback
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
export VERCEL_PROJECT_ID=${1:?usage: rollback.sh PROJECT}
target=$(commit_in SLUICE_PREVIOUS_COMMIT)
url=$(vercel list --yes --environment production --status READY --meta "sluiceCommit=$target" --format json |
  jq --raw-output '.deployments[0].url // empty')
if [ -z "$url" ]; then
  echo "Vercel has no deployment of $target" >&2
  exit 1
fi
vercel rollback "$url" --yes --timeout 10m
