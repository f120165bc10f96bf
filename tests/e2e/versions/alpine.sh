#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# apk-tools' order of each pair on standard input; ? where `apk version --check` refuses one.
while IFS= read -r line; do
  a=${line%%$'\t'*} b=${line#*$'\t'}
  if [ -z "$a" ] || [ -z "$b" ] || [ -n "$(apk version --check "$a" "$b")" ]; then
    echo '?'
  else
    apk version --test "$a" "$b"
  fi
done
