// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/xfunc-volatility.html"};

struct Cause
{
  std::string text;
  Confidence confidence = Confidence::high;
};

/// What makes every row of the column different, if anything does.
std::optional<Cause>
cause_of(const Column& column, const CatalogView& catalog)
{
  if (column.generated == Generated::serial || column.generated == Generated::identity) {
    return Cause{"is numbered by a sequence"};
  }
  std::optional<Cause> cause;
  for (const QualifiedName& function : column.default_value.value_or(DefaultValue{}).functions) {
    const Volatility volatility = catalog.volatility_of(function);
    if (volatility == Volatility::is_volatile) {
      return Cause{fmt::format("has the default {}(), which is volatile", text_of(function))};
    }
    if (volatility == Volatility::unknown) {
      cause = Cause{fmt::format("has the default {}(), which counts as volatile unless it was declared otherwise",
                                text_of(function)),
                    Confidence::low};
    }
  }
  return cause;
}

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for_each_clause<AddColumn>(statement, [&](const AlterTable& alter, const AddColumn& add, Span where) {
    const auto cause = cause_of(add.column, context.catalog);
    if (!cause) {
      reporter.spare(where, "every row gets the same value");
      return;
    }
    if (context.catalog.is_new(alter.table)) {
      return;
    }
    reporter.report({.where = where,
                     .message = fmt::format("Column {} {}: PostgreSQL rewrites {} and all its indexes under ACCESS "
                                            "EXCLUSIVE, which blocks reads and writes until the last row is done",
                                            add.column.name, cause->text, text_of(alter.table)),
                     .help = "Add the column without a default, set the default, then fill old rows in batches",
                     .confidence = cause->confidence});
  });
}

}  // namespace

extern const Rule rule_add_column_volatile_default{
    .meta =
        {.id = "add-column-volatile-default",
         .title = "A column whose default differs for each row is added to a table that may hold rows",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds `ADD COLUMN` with a default that calls a volatile function (`gen_random_uuid()`, `random()`, `clock_timestamp()`,
`nextval()`, functions of your own that are not declared STABLE or IMMUTABLE), and with `serial` or `IDENTITY`.
`now()` and `CURRENT_TIMESTAMP` are stable: they cost nothing and are not reported.)",
              .why =
                  R"(A constant is stored once in the catalog. A volatile default has to be computed for every row, so PostgreSQL writes the
whole table and every index again while ACCESS EXCLUSIVE keeps all queries waiting.)",
              .instead = R"(```sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN public_id uuid;
ALTER TABLE orders ALTER COLUMN public_id SET DEFAULT gen_random_uuid();
-- in batches, outside of the migration's transaction
UPDATE orders SET public_id = gen_random_uuid() WHERE public_id IS NULL AND id BETWEEN 1 AND 10000;
```)",
              .known_problems =
                  R"(A function that no migration declares, such as one of an extension, counts as volatile; the finding has low confidence then.
A generated column that is STORED rewrites the table as well and is not reported.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::rewrite,
         .tool = tool_name},
    .check = check,
    .squawk = "adding-field-with-default adding-serial-primary-key-field"};

}  // namespace sluice::migrations
