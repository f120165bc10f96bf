#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a small repository with two mistakes that everybody has made once, and says which.
#
#   scripts/lib/demo.sh EMPTY-DIRECTORY
set -euo pipefail
cd "$1"

export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null HOME="$1"
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

commit() {
  git add -A
  git commit -qm "$1"
}

# Made up here and now: no committed file of this project holds anything that looks like a credential.
made_up() {
  od -An -tx1 -N40 -v /dev/urandom | tr -d ' \n'
}

git init -q -b main .
cat >README.md <<'DEMO'
# Shop

A demonstration.
DEMO
commit "Start"

mkdir -p config supabase/migrations
printf 'DATABASE_HOST=db.internal\nSTRIPE_SECRET_KEY=sk_%s_%s\n' live "$(made_up)" >config/production.env
commit "Take payments"

# shellcheck disable=SC2016
printf 'DATABASE_HOST=db.internal\nSTRIPE_SECRET_KEY=${STRIPE_SECRET_KEY}\n' >config/production.env
commit "Read the key from the environment"

cat >supabase/migrations/20260101000000_orders.sql <<'DEMO'
create table orders (id bigint generated always as identity primary key, placed timestamptz not null, note text);
DEMO
commit "Keep orders"

cat >supabase/migrations/20260301000000_orders_by_date.sql <<'DEMO'
create index orders_placed on orders (placed);
alter table orders drop column note;
DEMO
commit "Find orders by date"

cat >&2 <<DEMO

A demonstration repository in $1. It looks harmless, and its checkout is:

  - a payment key was committed to config/production.env and removed one commit later. It is gone from the files and
    still in the history, so whoever can clone can pay.
  - the newest migration builds an index in a way that stops all writes to a table, and drops a column.

DEMO
