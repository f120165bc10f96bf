#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The compiler's launcher where a header is precompiled: writes HEADER.pch.sum (HEADER.gch.sum) beside it, for ccache,
# which takes that for the identity of the header (CCACHE_PCH_EXTSUM). A precompiled header holds the path of its
# checkout, so that by its own bytes no two checkouts would ever share an object file. What it is made of is the same in
# all of them: the texts of the headers, as the dependency file lists them, and how they were compiled.
set -eu
"$@"

output='' dependencies='' how=''
previous=''
for word; do
  case $previous in
    -o) output=$word ;;
    -MF) dependencies=$word ;;
  esac
  case $word in
    /* | *"$PWD"* | *.[gp]ch | *.pch.d | *.gch.d) ;;
    *) how="$how $word" ;;
  esac
  previous=$word
done
case $output in
  *.pch | *.gch) ;;
  *) exit 0 ;;
esac

# Make's own lines: `target: file file \`. No file of the system has a space in its name.
files=$(sed -e 's/^[^:]*: *//' -e 's/\\$//' "$dependencies")
{
  printf '%s\n' "$how"
  # shellcheck disable=SC2086  # words are what is wanted
  cat $files
} | sha256sum >"$output.sum"
