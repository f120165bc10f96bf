// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 1> references{"https://www.postgresql.org/docs/current/FILL IN"};

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for_each_clause<DropColumn>(statement, [&](const AlterTable& alter, const DropColumn& drop, Span where) {
    if (context.catalog.is_new(alter.table, drop.column)) {
      return;
    }
    reporter.report({.where = where,
                     .message = fmt::format("FILL IN: which lock, what it blocks, and {} of which table {}", drop.column,
                                            text_of(alter.table)),
                     .help = "FILL IN, short and in the imperative"});
  });
}

}  // namespace

extern const Rule rule_@name@{
    .meta = {.id = "@id@",
             .title = "FILL IN, one line without a final stop",
             .since = "@since@",
             .doc = {.what = R"(FILL IN)",
                     .why = R"(FILL IN: the lock, what it blocks and for how long, or what is lost, with the version of PostgreSQL.)",
                     .instead = R"(FILL IN: the safe way, in words and as SQL. The fixture test judges the SQL.

```sql
SET lock_timeout = '5s';
```)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = consequence::lock,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::migrations
