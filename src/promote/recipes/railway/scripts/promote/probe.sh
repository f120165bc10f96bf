#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh SERVICE ENVIRONMENT URL: whether the service answers, and the commit of the newest deployment that succeeded.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
usage='usage: probe.sh SERVICE ENVIRONMENT URL'
service=${1:?$usage} environment=${2:?$usage} url=${3:?$usage}
observe_with railway
deployments=$(railway deployment list --service "$service" --environment "$environment" --limit 20 --json) ||
  cannot_observe "railway failed"
# deploy.sh gave the commit as the message, which is somewhere in what Railway keeps of a deployment.
version=$(jq --raw-output '
  [.[] | select(.status == "SUCCESS")][0].meta | tostring | [scan("[0-9a-f]{40}")][0] // empty' <<<"$deployments") ||
  cannot_observe "railway's list is not understood"
look "$url"
report "$version"
