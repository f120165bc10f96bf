#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh HOST DIRECTORY: builds $SLUICE_COMMIT, brings it to the server and makes it the live release.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/server.sh"
host=${1:?usage: deploy.sh HOST DIRECTORY} directory=${2:?usage: deploy.sh HOST DIRECTORY}
commit=$(commit_in SLUICE_COMMIT)
release=$(mktemp -d)
checkout "$commit" "$release"
(
  cd "$release"
  npm ci
  npm run build --if-present
)
rsync --archive --compress --delete --mkpath --exclude=/.git --rsh='ssh -o BatchMode=yes -o ConnectTimeout=10' \
  "$release/" "$host:$directory/releases/$commit/"
on_server "$host" activate.sh "$directory" "$commit"
