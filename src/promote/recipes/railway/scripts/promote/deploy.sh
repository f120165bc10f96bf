#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh SERVICE ENVIRONMENT: uploads $SLUICE_COMMIT and waits; with --ci the exit status is that of the deployment.
# https://docs.railway.com/reference/cli-api (`redeploy` knows the latest deployment alone, so a rollback is this, too)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
service=${1:?usage: deploy.sh SERVICE ENVIRONMENT} environment=${2:?usage: deploy.sh SERVICE ENVIRONMENT}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
railway up --ci --service "$service" --environment "$environment" --message "$commit"
