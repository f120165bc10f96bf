#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh PROJECT: the Edge Functions of $SLUICE_COMMIT, and no others: --prune deletes those that it does not have.
# https://supabase.com/docs/reference/cli/supabase-functions-deploy
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
project=${1:?usage: deploy.sh PROJECT}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
supabase functions deploy --project-ref "$project" --use-api --prune --yes
# What the function `health` answers with.
supabase secrets set --project-ref "$project" "RELEASE=$commit"
