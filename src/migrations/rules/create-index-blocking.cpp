// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/explicit-locking.html"};

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  const auto* create = as<CreateIndex>(statement);
  if (create == nullptr) {
    return;
  }
  if (create->concurrently) {
    reporter.spare(statement.where, "the index is built CONCURRENTLY");
    return;
  }
  if (context.catalog.is_new(create->table)) {
    return;
  }
  reporter.report(
      {.where = statement.where,
       .message = fmt::format("{} on {} is built under SHARE, which blocks every INSERT, UPDATE and DELETE "
                              "on the table until it is complete",
                              create->index.empty() ? "The index" : "Index " + create->index, text_of(create->table)),
       .help = "Use CREATE INDEX CONCURRENTLY, outside of a transaction"});
}

}  // namespace

extern const Rule rule_create_index_blocking{
    .meta =
        {.id = "create-index-blocking",
         .title = "An index is created without CONCURRENTLY on a table in use",
         .since = "0.1.0",
         .doc =
             {.what = R"(Finds `CREATE INDEX` without `CONCURRENTLY` on a table that earlier migrations made.)",
              .why =
                  R"(The table is read and sorted under a SHARE lock. Reads go on, but nothing can be written: for a table of some size that
is an outage of minutes. With `IF NOT EXISTS` the lock is taken even if the index is there.)",
              .instead = R"(```sql
CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);
```

It cannot run in a transaction, so give it a file of its own where your tool wraps files in one. If it is interrupted, an
invalid index stays behind: drop it with `DROP INDEX CONCURRENTLY` and start again.)",
              .known_problems =
                  R"(A partitioned table takes no `CREATE INDEX CONCURRENTLY`: create the index `ON ONLY` the parent, build one for each partition
concurrently, and attach them. The first of these steps is reported although it reads nothing.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::scan,
         .tool = tool_name},
    .check = check,
    .squawk = "require-concurrent-index-creation"};

}  // namespace sluice::migrations
