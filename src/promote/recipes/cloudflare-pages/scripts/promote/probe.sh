#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh PROJECT BRANCH URL: whether the site answers, and the commit of the newest deployment that succeeded.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
usage='usage: probe.sh PROJECT BRANCH URL'
project=${1:?$usage} branch=${2:?$usage} url=${3:?$usage}
observe_with wrangler
deployments=$(wrangler pages deployment list --project-name "$project" --json) || cannot_observe "wrangler failed"
# Of a deployment that succeeded, `Status` is how long ago that was; `Source` is the beginning of its commit.
version=$(jq --raw-output --arg branch "$branch" '
  [.[] | select(.Branch == $branch and (.Status | test("^(Failure|Canceled|Active|Idle|Skipped)$") | not))][0].Source
  // empty' <<<"$deployments") || cannot_observe "wrangler's list is not understood"
version=$(in_full "$version")
look "$url"
report "$version"
