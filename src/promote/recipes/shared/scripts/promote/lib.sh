# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the scripts beside this one share. `sluice promote` runs them from the root of the repository.

# The observer is cut off, which says nothing of the service: the promotion waits and rolls nothing back.
cannot_observe() {
  echo "cannot observe: $*" >&2
  exit 75
}

# commit_in NAME: the commit that this variable holds.
commit_in() {
  if [[ ! ${!1-} =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]]; then
    echo "$1 holds no commit" >&2
    exit 1
  fi
  printf '%s\n' "${!1}"
}

# checkout COMMIT DIRECTORY: its files, and no others, in an empty directory, which goes when the script ends.
checkout() {
  repository=$PWD
  checked_out=$2
  trap 'git -C "$repository" worktree remove --force "$checked_out" || true' EXIT
  git worktree add --quiet --detach "$2" "$1"
}

# in_full COMMIT: the commit that begins with this, where git knows one.
in_full() {
  local full
  if [[ $1 =~ ^[0-9a-f]{4,64}$ ]] && full=$(git rev-parse --verify --quiet "$1^{commit}"); then
    printf '%s\n' "$full"
  else
    printf '%s\n' "$1"
  fi
}

# observe_with PROGRAM…: an observer that lacks a tool is cut off.
observe_with() {
  local program
  for program in jq curl "$@"; do
    command -v "$program" >/dev/null || cannot_observe "$program is not installed"
  done
}

# look URL: one GET. Sets $http_status (000: there was no answer), $latency_ms and $body.
look() {
  local answer told
  answer=$(curl --silent --show-error --max-time 10 --max-filesize 1048576 \
    --write-out '\n%{http_code} %{time_total}' -- "$1") || case $? in
    5 | 6) cannot_observe "no name server here knows the host of $1" ;;
  esac
  told=${answer##*$'\n'}
  body=${answer%$'\n'*}
  http_status=${told% *}
  latency_ms=$(jq --null-input --arg seconds "${told#* }" '$seconds | tonumber * 1000 | round')
}

# in_body FILTER: what a health address says in JSON; nothing if it says no JSON.
in_body() {
  jq --raw-output "$1" <<<"${body:-null}" 2>/dev/null || true
}

# report VERSION [CHECKS [PARTS]]: one look as JSON, with checks, {NAME: {ok, latency_ms}}, beside what `look` saw. It is
# unhealthy, and fails, unless all of CHECKS are well; one of PARTS that is not makes it degraded, for somebody to look at.
report() {
  local sample
  sample=$(jq --compact-output --null-input --arg version "$1" --arg http "$http_status" \
    --argjson latency "$latency_ms" --argjson checks "${2:-null}" --argjson parts "${3:-null}" '
      ($http | test("^2")) as $up
      | ({http: {ok: $up, latency_ms: $latency}} + $checks) as $vital
      | {status: (if any($vital[]; .ok | not) then "unhealthy" elif any(($parts // {})[]; .ok | not) then "degraded"
                  else "healthy" end),
         version: (if $version == "" then null else $version end),
         latency_ms: $latency, requests: 1, errors: (if $up then 0 else 1 end), checks: ($vital + $parts)}')
  printf '%s\n' "$sample"
  jq --exit-status '.status != "unhealthy"' <<<"$sample" >/dev/null
}
