// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-REMOVING-A-COLUMN"};

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for_each_clause<DropColumn>(statement, [&](const AlterTable& alter, const DropColumn& drop, Span where) {
    if (context.catalog.is_new(alter.table, drop.column)) {
      return;
    }
    reporter.report(
        {.where = where,
         .message = fmt::format("Dropping {}.{} loses its data for good and breaks every running version of "
                                "the application that still names it, also in SELECT *",
                                text_of(alter.table), drop.column),
         .help = "Stop using the column in one release; drop it in a later one, after a backup"});
  });
}

}  // namespace

extern const Rule rule_drop_column{
    .meta =
        {.id = "drop-column",
         .title = "A column is dropped with its data",
         .since = "0.1.0",
         .doc =
             {.what = R"(Finds `DROP COLUMN` of a column that earlier migrations made.)",
              .why =
                  R"(There is no way back but a backup. While the migration runs the old version of the application still serves requests, and
each of its queries that names the column fails. Indexes and constraints that contain the column vanish with it.)",
              .instead =
                  R"(In the release before, let the code live without the column, and the database without a value in it:

```sql
SET lock_timeout = '5s';
ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;
COMMENT ON COLUMN orders.note IS 'unused since 2.4, to be dropped in 2.5';
```

When the drop is due, say so where it stands: `-- sluice:allow[drop-column] unused since 2.4, backup taken`.)",
              .known_problems =
                  R"(Whether the application still uses the column is not looked at: a drop at the end of a clean removal is reported too, and
wants its comment.)",
              .references = references},
         .severity = Severity::critical,
         .confidence = Confidence::high,
         .tags = consequence::loss,
         .tool = tool_name},
    .check = check,
    .squawk = "ban-drop-column"};

}  // namespace sluice::migrations
