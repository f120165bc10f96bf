// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-altertable.html",
    "https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN"};

bool
has_value(const Column& column)
{
  return column.generated != Generated::no || (column.default_value && !column.default_value->is_null);
}

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for_each_clause<AddColumn>(statement, [&](const AlterTable& alter, const AddColumn& add, Span where) {
    if (!add.column.not_null || has_value(add.column)) {
      reporter.spare(where, add.column.not_null ? "the column has a value for old rows" : "the column may be null");
      return;
    }
    if (context.catalog.is_new(alter.table)) {
      return;
    }
    reporter.report(
        {.where = where,
         .message = fmt::format("Column {} is NOT NULL and has no default: the migration fails as soon as {} "
                                "holds a row, after keeping ACCESS EXCLUSIVE on it, which blocks reads and "
                                "writes, while it scans",
                                add.column.name, text_of(alter.table)),
         .help = "Give it a constant default, or add it nullable, fill it, and set NOT NULL later"});
  });
}

}  // namespace

extern const Rule rule_add_column_not_null_no_default{
    .meta =
        {.id = "add-column-not-null-no-default",
         .title = "A NOT NULL column without a default is added to a table that may hold rows",
         .since = "0.1.0",
         .doc =
             {.what = R"(Finds `ADD COLUMN … NOT NULL` without `DEFAULT` on a table that earlier migrations made.)",
              .why =
                  R"(Existing rows have no value for the column, so PostgreSQL refuses: `column contains null values`. The migration passes
on the empty database of a laptop or of CI and fails in production, after it has read the whole table under
ACCESS EXCLUSIVE, the lock that no query gets past.)",
              .instead = R"(A constant default is stored in the catalog and rewrites nothing (PostgreSQL 11 and later):

```sql
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
```

Where there is no sensible constant, add the column nullable, fill it in batches, and set NOT NULL as `set-not-null-scan`
shows.)",
              .known_problems =
                  R"(A table that is known to be empty in production is reported too: migrations do not tell how many rows there are. So is a
column of a domain that has a default of its own, for the domain's definition is not followed.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::failure,
         .tool = tool_name},
    .check = check,
    .squawk = "adding-required-field adding-not-nullable-field"};

}  // namespace sluice::migrations
