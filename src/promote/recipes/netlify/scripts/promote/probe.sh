#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh SITE URL: whether the site answers, and the commit of the deploy that is published.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
site=${1:?usage: probe.sh SITE URL} url=${2:?usage: probe.sh SITE URL}
observe_with netlify
query=$(jq --compact-output --null-input --arg site "$site" '{site_id: $site}')
live=$(netlify api getSite --data "$query") || cannot_observe "netlify failed"
version=$(jq --raw-output '.published_deploy.title // empty' <<<"$live") ||
  cannot_observe "netlify's answer is not understood"
look "$url"
report "$version"
