#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings $SLUICE_COMMIT into $SLUICE_ENVIRONMENT. May be run again with the same $SLUICE_IDEMPOTENCY_KEY.
set -euo pipefail
: "${SLUICE_COMMIT:?}" "${SLUICE_ENVIRONMENT:?}"
echo "deploy.sh: say here how $SLUICE_COMMIT comes into $SLUICE_ENVIRONMENT" >&2
exit 1
