#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh PROJECT DOMAIN URL: whether the site answers, and the commit of the deployment that has the domain.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
usage='usage: probe.sh PROJECT DOMAIN URL'
export VERCEL_PROJECT_ID=${1:?$usage}
domain=${2:?$usage} url=${3:?$usage}
observe_with vercel
live=$(vercel inspect "$domain" --format json) || cannot_observe "vercel failed"
list=$(vercel list --yes --environment production --format json) || cannot_observe "vercel failed"
version=$(jq --raw-output --argjson live "$live" '
  [.deployments[] | select(.id == $live.id)][0].meta.sluiceCommit // empty' <<<"$list") ||
  cannot_observe "vercel's list is not understood"
look "$url"
report "$version"
