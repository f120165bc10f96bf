#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a small repository with mistakes that everybody has made once, and says which.
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

cat >package.json <<'DEMO'
{
  "name": "shop",
  "version": "1.0.0",
  "dependencies": { "event-stream": "3.3.6", "left-pad": "1.3.0", "lodash": "^4.17.15" }
}
DEMO
cat >package-lock.json <<'DEMO'
{
  "name": "shop",
  "version": "1.0.0",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "shop",
      "version": "1.0.0",
      "dependencies": { "event-stream": "3.3.6", "left-pad": "1.3.0", "lodash": "^4.17.15" }
    },
    "node_modules/event-stream": {
      "version": "3.3.6",
      "resolved": "https://registry.npmjs.org/event-stream/-/event-stream-3.3.6.tgz",
      "dependencies": { "flatmap-stream": "^0.1.0" }
    },
    "node_modules/flatmap-stream": {
      "version": "0.1.1",
      "resolved": "https://registry.npmjs.org/flatmap-stream/-/flatmap-stream-0.1.1.tgz"
    },
    "node_modules/left-pad": {
      "version": "1.3.0",
      "resolved": "https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz"
    },
    "node_modules/lodash": {
      "version": "4.17.20",
      "resolved": "https://registry.npmjs.org/lodash/-/lodash-4.17.20.tgz"
    }
  }
}
DEMO
mkdir -p mail
printf 'module example.org/shop/mail\n\ngo 1.24.0\n\nrequire golang.org/x/text v0.21.0\n' >mail/go.mod
cat >mail/send.js <<'DEMO'
connect(process.env.SMTP_HOST ?? fail("no host"), process.env.DATABASE_HOST);
invoice(process.env.STRIPE_SECRET_KEY);
DEMO
commit "Send mail"

cat >&2 <<DEMO

A demonstration repository in $1. It looks harmless, and its checkout is:

  - a payment key was committed to config/production.env and removed one commit later. It is gone from the files and
    still in the history, so whoever can clone can pay.
  - the newest migration builds an index in a way that stops all writes to a table, and drops a column.
  - of what package-lock.json names, lodash has a known hole that a later version mended, and event-stream brought
    flatmap-stream along, which stole from wallets. What the Go module needs is clean.
  - mail/send.js wants SMTP_HOST, which nothing in the repository gives or so much as mentions.

It is judged by a few real advisories that lie in fixtures/advisories, so that nothing is asked of the network.

DEMO
