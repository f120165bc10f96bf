# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by every script: where things are, and how to speak.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/sluice
export top cache
# Clients that install-dependencies built for us come first, so that every machine runs the pinned versions.
export PATH="$cache/bin:$PATH"
mkdir -p "$cache/bin"

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 2
}

# Root installs packages as it is, everybody else through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "needs root for: $*; install sudo, or run as root"
  fi
}

# Registries have bad minutes; a build should not fail for one of them.
with_retries() {
  local attempt
  for attempt in 1 2 3; do
    "$@" && return 0
    say "attempt $attempt failed: $*"
    sleep $((attempt * 5))
  done
  return 1
}

# configure PRESET [CACHE-VARIABLE…] builds nothing; a second call costs a fraction of a second. A build directory in
# which the preset had another compiler cannot be configured again, only anew.
configure() {
  local log=$cache/configure-$1.log
  (cd "$top" && { cmake --preset "$@" || cmake --fresh --preset "$@"; } >"$log" 2>&1) || {
    cat "$log" >&2
    return 1
  }
}
