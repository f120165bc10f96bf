#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs on the server. activate.sh DIRECTORY COMMIT: makes a release that is there the live one.
# https://pm2.keymetrics.io/docs/tutorials/capistrano-like-deployments
set -euo pipefail
cd "$1"
if [ ! -d "releases/$2" ]; then
  echo "$1/releases/$2: is not there" >&2
  exit 1
fi
# A link cannot be replaced in place, but another can be moved over it.
ln -sfn "releases/$2" current.next
mv -T current.next current
SLUICE_COMMIT=$2 pm2 startOrReload current/ecosystem.config.js --update-env
pm2 save
