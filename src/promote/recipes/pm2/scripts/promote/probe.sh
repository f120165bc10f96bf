#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh HOST DIRECTORY APP URL: whether the app answers, whether PM2 has it online, and the release that is live.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/server.sh"
usage='usage: probe.sh HOST DIRECTORY APP URL'
host=${1:?$usage} directory=${2:?$usage} app=${3:?$usage} url=${4:?$usage}
observe_with ssh
status=0
told=$(on_server "$host" observe.sh "$directory") || status=$?
# 255 is ssh's own; any other is of what ran on the server.
[ "$status" -ne 255 ] || cannot_observe "ssh does not reach $host"
processes=$(tail -n 1 <<<"$told")
online=$(jq --arg app "$app" '[.[] | select(.name == $app) | .pm2_env.status == "online"] | length > 0 and all' \
  <<<"$processes" 2>/dev/null) || online=false
version=$(head -n 1 <<<"$told")
look "$url"
report "$version" "{\"pm2\": {\"ok\": ${online:-false}}}"
