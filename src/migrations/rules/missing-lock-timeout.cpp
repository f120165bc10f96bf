// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT",
    "https://www.postgresql.org/docs/current/explicit-locking.html"};

/// Why the statement needs no timeout, or none of its own; empty if it does.
std::string_view
excuse(const Executed& step, bool is_reported)
{
  if (step.locks.empty()) {
    return "it keeps nobody from a table in use";
  }
  if (step.has_lock_timeout) {
    return "lock_timeout is set";
  }
  return is_reported ? "an earlier statement of the file is reported, and one SET lock_timeout helps both" : "";
}

void
check(const JudgedFile& file, Reporter& reporter)
{
  // One finding per file: the fix is one line at its top.
  bool is_reported = false;
  for (const Executed& step : file.executed) {
    const Span where = step.statement->where;
    if (const std::string_view why = excuse(step, is_reported); !why.empty()) {
      reporter.spare(where, why);
      continue;
    }
    is_reported = true;
    const TableLock& lock = step.locks.front();
    reporter.report({.where = where,
                     .message = fmt::format("Waits for {} on {} without a lock_timeout: behind one long query it "
                                            "queues, and all {} of the table queue behind it",
                                            name_of(lock.mode), text_of(lock.table), blocked_by(lock.mode)),
                     .help = "Begin the file with SET lock_timeout = '5s'; and let the deployment try again"});
  }
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
happened yet: try again.)",
              .known_problems =
                  R"(A timeout that the deployment sets outside of the files, by `ALTER ROLE … SET lock_timeout` or in `PGOPTIONS`, is not seen.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = consequence::lock,
         .tool = tool_name},
    .check_file = check,
    .squawk = "require-lock-timeout require-timeout-settings"};

}  // namespace sluice::migrations
