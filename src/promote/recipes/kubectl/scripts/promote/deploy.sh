#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh CONTEXT NAMESPACE DEPLOYMENT CONTAINER IMAGE: sets IMAGE:$SLUICE_COMMIT and waits for it to be rolled out.
# https://kubernetes.io/docs/reference/kubectl/generated/kubectl_set/kubectl_set_image/
# A rollback does the same: `rollout undo` goes to the revision before, which need not be the release that is wanted.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
usage='usage: deploy.sh CONTEXT NAMESPACE DEPLOYMENT CONTAINER IMAGE'
context=${1:?$usage} namespace=${2:?$usage} deployment=${3:?$usage} container=${4:?$usage} image=${5:?$usage}
commit=$(commit_in SLUICE_COMMIT)
kubectl --context "$context" --namespace "$namespace" set image "deployment/$deployment" "$container=$image:$commit"
kubectl --context "$context" --namespace "$namespace" rollout status "deployment/$deployment" --timeout=10m
