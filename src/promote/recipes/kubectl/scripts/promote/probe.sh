#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh CONTEXT NAMESPACE DEPLOYMENT CONTAINER URL: whether it answers, whether all replicas are there, and the tag of
# their image.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
usage='usage: probe.sh CONTEXT NAMESPACE DEPLOYMENT CONTAINER URL'
context=${1:?$usage} namespace=${2:?$usage} deployment=${3:?$usage} container=${4:?$usage} url=${5:?$usage}
observe_with kubectl
state=$(kubectl --context "$context" --namespace "$namespace" get "deployment/$deployment" --ignore-not-found \
  --output json) || cannot_observe "kubectl failed"
version=$(jq --raw-output --arg container "$container" '
  [.spec.template.spec.containers[] | select(.name == $container)][0].image // ""
  | capture(":(?<tag>[^:/@]+)(@.*)?$").tag // empty' <<<"$state") || cannot_observe "kubectl's answer is not understood"
checks=$(jq --compact-output --slurp '.[0] | {replicas: {ok: (. != null
  and .status.observedGeneration >= .metadata.generation
  and (.status.updatedReplicas // 0) >= .spec.replicas and (.status.availableReplicas // 0) >= .spec.replicas)}}' \
  <<<"$state")
look "$url"
report "$version" "$checks"
