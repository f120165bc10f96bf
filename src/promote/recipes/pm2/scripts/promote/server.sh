# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
# on_server HOST SCRIPT WORD…: runs a script of this directory there. ssh hands the words to a shell, so they must be
# plain.
on_server() {
  local host=$1 script=$2 word
  shift 2
  for word in "$host" "$@"; do
    if [[ ! $word =~ ^[A-Za-z0-9/_.][A-Za-z0-9@:/_.-]*$ ]]; then
      echo "$word: has a character that a shell could take for something else" >&2
      exit 1
    fi
  done
  ssh -o BatchMode=yes -o ConnectTimeout=10 "$host" bash -s -- "$@" <"$here/$script"
}
