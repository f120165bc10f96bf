// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"};

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for_each_clause<SetNotNull>(statement, [&](const AlterTable& alter, const SetNotNull& set, Span where) {
    if (context.catalog.is_new(alter.table) || context.catalog.proves_not_null(alter.table, set.column)) {
      return;
    }
    reporter.report(
        {.where = where,
         .message = fmt::format("SET NOT NULL on {}.{} reads the whole table under ACCESS EXCLUSIVE, which "
                                "blocks reads and writes, and fails if any row has no value",
                                text_of(alter.table), set.column),
         .help = fmt::format("Validate a CHECK ({} IS NOT NULL) first: SET NOT NULL then reads nothing", set.column)});
  });
}

}  // namespace

extern const Rule rule_set_not_null_scan{
    .meta =
        {.id = "set-not-null-scan",
         .title = "SET NOT NULL scans the table because no validated check proves it",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds `ALTER COLUMN … SET NOT NULL` where no earlier statement validated a `CHECK` that says the same.)",
              .why =
                  R"(PostgreSQL reads every row under ACCESS EXCLUSIVE to be sure. A validated check is proof enough, and validating one only
takes SHARE UPDATE EXCLUSIVE, which lets reads and writes pass.)",
              .instead = R"(```sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_note_set CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_note_set;
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_note_set;
```

Each statement wants its own transaction: in one, the first one's lock stays until the end.)",
              .known_problems =
                  R"(Only `IS NOT NULL` under `AND` is understood as a proof: a check that proves it in both branches of an `OR` is overlooked.
PostgreSQL 11 and older read the table in any case.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::scan,
         .tool = tool_name},
    .check = check,
    .squawk = "adding-not-nullable-field"};

}  // namespace sluice::migrations
