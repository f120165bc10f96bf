#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings $SLUICE_PREVIOUS_COMMIT back into $SLUICE_ENVIRONMENT; $SLUICE_COMMIT is the release that is left.
set -euo pipefail
: "${SLUICE_PREVIOUS_COMMIT:?there is no release before this one}" "${SLUICE_ENVIRONMENT:?}"
SLUICE_COMMIT=$SLUICE_PREVIOUS_COMMIT exec "$(dirname "$0")/deploy.sh"
