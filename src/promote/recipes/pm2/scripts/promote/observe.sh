#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs on the server. observe.sh DIRECTORY: the release that is live, and on the last line what PM2 knows.
set -euo pipefail
basename "$(readlink "$1/current")"
pm2 jlist --silent
