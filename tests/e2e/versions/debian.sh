#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# dpkg's order of each pair on standard input; ? where --validate-version refuses one.
declare -A known
is_version() {
  [ -n "$1" ] || return 1
  [ -n "${known[$1]:-}" ] || known[$1]=$(dpkg --validate-version "$1" >/dev/null 2>&1 && echo yes || echo no)
  [ "${known[$1]}" = yes ]
}
while IFS= read -r line; do
  a=${line%%$'\t'*} b=${line#*$'\t'}
  if ! is_version "$a" || ! is_version "$b"; then
    echo '?'
  elif dpkg --compare-versions "$a" lt "$b"; then
    echo '<'
  elif dpkg --compare-versions "$a" eq "$b"; then
    echo '='
  else
    echo '>'
  fi
done
