#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# migrate.sh PROJECT: applies the migrations of $SLUICE_COMMIT that the project does not have.
# --yes answers the prompt, which no one would: https://supabase.com/docs/reference/cli/supabase-db-push
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
project=${1:?usage: migrate.sh PROJECT}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
cd "$release"
supabase link --project-ref "$project"
supabase db push --linked --yes
