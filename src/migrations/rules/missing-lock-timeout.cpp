// SPDX-License-Identifier: Apache-2.0
#include "migrations/locks.hpp"
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  const auto lock = blocking_lock(statement, context.catalog);
  // One finding per file: the fix is one line at its top.
  if (!lock || context.has_lock_timeout || context.locked_before) {
    return;
  }
  reporter.report({.where = statement.where,
                   .message = fmt::format("Waits for {} on {} without a lock_timeout: behind one long query it queues, "
                                          "and all {} of the table queue behind it",
                                          name_of(lock->mode), text_of(lock->table), blocked_by(lock->mode)),
                   .help = "Begin the file with SET lock_timeout = '5s'; and let the deployment try again"});
}

}  // namespace

extern const Rule rule_missing_lock_timeout{
    .meta =
        {.id = "missing-lock-timeout",
         .title = "A lock that blocks the application is waited for without lock_timeout",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds the first statement of a file that takes SHARE, SHARE ROW EXCLUSIVE or ACCESS EXCLUSIVE on a table that earlier
migrations made, while `lock_timeout` is not set.)",
              .why =
                  R"(A lock that cannot be had at once is queued for, and PostgreSQL serves the queue in order: one forgotten transaction that
has read the table makes the migration wait, and the waiting migration makes every query wait. Even a change that takes a
millisecond is an outage then.)",
              .instead = R"(```sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;
```

Where a file is one transaction, `SET LOCAL lock_timeout = '5s';` keeps the setting within it. When it strikes, nothing has
happened yet: try again.)"},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = consequence::lock,
         .tool = tool_name},
    .check = check,
    .squawk = "require-lock-timeout require-timeout-settings"};

}  // namespace sluice::migrations
