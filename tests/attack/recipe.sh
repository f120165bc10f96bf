# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What an attack does to a repository. The current directory is the work tree; TOKEN and OTHER are credentials that
# nobody has, HEX one of no known kind. Commits have fixed people and times, so that ids do not change.
set -eu
clock=0

commit() {
  clock=$((clock + 1))
  GIT_AUTHOR_DATE="2026-01-02T00:00:$(printf %02d $clock)Z"
  GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
  export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
  git add -A
  git commit -q --allow-empty -m "${1:-Change}"
}

write() {
  case $1 in */*) mkdir -p "${1%/*}" ;; esac
  printf '%b' "$2" > "$1"
}

leak() { write "${1:-deploy.env}" "TOKEN=${TOKEN}${2:-}\n"; }

start() {
  git init -q -b main .
  write README.md '# Shop\n'
  commit Start
}

branch() { git checkout -q -b "${1:-change}"; }

allow() { write .sluice.yml "allow:\n  - {path: '${1:-**}', reason: mine, expires: 2099-01-01}\n"; }

# The loose object that a revision names.
object() { id=$(git rev-parse "$1") && rest=${id#??} && echo ".git/objects/${id%"$rest"}/$rest"; }

lose() { rm -f "$(object "$1")"; }

# What stands here becomes the content of the object that a revision names.
swap() { cp -f "$(object "$2")" "$(object "$1").new" && mv -f "$(object "$1").new" "$(object "$1")"; }

table() { write "${1:-migrations/0001_shop.sql}" "${2:-create table shop (id bigint primary key);\n}"; }
