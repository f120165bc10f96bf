// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT",
    "https://www.postgresql.org/docs/current/explicit-locking.html"};

void
report(const AlterTable& alter, const Constraint& key, Span where, Reporter& reporter)
{
  reporter.report(
      {.where = where,
       .message = fmt::format("The foreign key from {} to {} is checked for every row at once, under SHARE ROW "
                              "EXCLUSIVE on both tables, which blocks all writes to them",
                              text_of(alter.table), text_of(*key.references)),
       .help = "Add it NOT VALID, and VALIDATE CONSTRAINT in a later transaction"});
}

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for_each_clause<AddConstraint>(statement, [&](const AlterTable& alter, const AddConstraint& add, Span where) {
    const Constraint& key = add.constraint;
    if (!key.references || key.not_valid) {
      reporter.spare(where, key.references ? "the key is NOT VALID" : "the constraint is no foreign key");
    } else if (!context.catalog.is_new(alter.table)) {
      report(alter, key, where, reporter);
    }
  });
  // A new column that is null everywhere refers to nothing and is not checked; one with a default is.
  for_each_clause<AddColumn>(statement, [&](const AlterTable& alter, const AddColumn& add, Span where) {
    const auto& value = add.column.default_value;
    for (const Constraint& key : add.column.constraints) {
      if (!key.references) {
        continue;
      }
      if (!value || value->is_null) {
        reporter.spare(where, "the column is null everywhere and refers to nothing yet");
      } else if (!context.catalog.is_new(alter.table)) {
        report(alter, key, where, reporter);
      }
    }
  });
}

}  // namespace

extern const Rule rule_add_foreign_key_validating{
    .meta =
        {.id = "add-foreign-key-validating",
         .title = "A foreign key is added without NOT VALID",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds `ADD FOREIGN KEY` without `NOT VALID`, and `ADD COLUMN … DEFAULT … REFERENCES`, on a table that earlier migrations
made.)",
              .why =
                  R"(PostgreSQL looks up every row of the table in the other one while SHARE ROW EXCLUSIVE on both keeps everybody from
writing to either.)",
              .instead =
                  R"(New rows are checked from the first step on; the second one reads the old rows and lets writes pass.

```sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
-- in its own transaction
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk;
```)",
              .known_problems =
                  R"(`VALIDATE CONSTRAINT` in the transaction that added the key holds that one's lock all the same, and is not reported. A
partitioned table takes no key that is NOT VALID before PostgreSQL 18: add it to each partition first.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::scan,
         .tool = tool_name},
    .check = check,
    .squawk = "adding-foreign-key-constraint constraint-missing-not-valid"};

}  // namespace sluice::migrations
