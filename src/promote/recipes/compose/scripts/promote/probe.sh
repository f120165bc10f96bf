#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh PROJECT SERVICE URL: whether the service answers, whether its containers are well, and the tag of their image.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
usage='usage: probe.sh PROJECT SERVICE URL'
project=${1:?$usage} service=${2:?$usage} url=${3:?$usage}
observe_with docker
containers=$(docker compose --project-name "$project" ps --all --format json) || cannot_observe "docker failed"
# An object a line, from compose 2.21 on; before that, one array.
all=$(jq --compact-output --slurp --arg service "$service" 'flatten | map(select(.Service == $service))' \
  <<<"$containers") || cannot_observe "docker's list is not understood"
version=$(jq --raw-output '[.[].Image | sub("^.*:"; "")] | unique | if length == 1 then .[0] else empty end' <<<"$all")
checks=$(jq --compact-output '{containers: {ok: (length > 0 and all(.[];
  .State == "running" and (.Health // "" | . == "" or . == "healthy")))}}' <<<"$all")
look "$url"
report "$version" "$checks"
