// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"
#include "migrations/type_change.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/explicit-locking.html"};

struct Rewrite
{
  std::string from;       ///< " from integer", or empty if the type is not known
  std::string condition;  ///< " unless …"
  Confidence confidence = Confidence::high;
};

std::optional<Rewrite>
rewrite_by(const AlterTable& alter, const AlterType& clause, const CatalogView& catalog)
{
  const TypeName* from = catalog.type_of(alter.table, clause.column);
  if (from == nullptr) {
    return Rewrite{"", ", unless its present type, which no migration here declares, has the same format",
                   Confidence::low};
  }
  const std::string name = fmt::format(" from {}", text_of(*from));
  if (clause.conversion == Conversion::computed) {
    return Rewrite{name, ""};
  }
  switch (type_change(*from, clause.type)) {
  case TypeChange::in_place:
    return std::nullopt;
  case TypeChange::time_zone_bound:
    return Rewrite{name, ", unless the session's time zone is UTC", Confidence::medium};
  case TypeChange::rewrite:
    break;
  }
  return Rewrite{name, ""};
}

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for_each_clause<AlterType>(statement, [&](const AlterTable& alter, const AlterType& clause, Span where) {
    const auto rewrite = rewrite_by(alter, clause, context.catalog);
    if (!rewrite) {
      reporter.spare(where, "the values stay as they are");
      return;
    }
    if (context.catalog.is_new(alter.table)) {
      return;
    }
    reporter.report(
        {.where = where,
         .message =
             fmt::format("Changing {}.{}{} to {} rewrites the table and its indexes under ACCESS "
                         "EXCLUSIVE, which blocks reads and writes until the last row is done{}",
                         text_of(alter.table), clause.column, rewrite->from, text_of(clause.type), rewrite->condition),
         .help = "Add a column of the new type, keep it in step by a trigger, fill it in batches, then swap",
         .confidence = rewrite->confidence});
  });
}

}  // namespace

extern const Rule rule_alter_type_rewrite{
    .meta =
        {.id = "alter-type-rewrite",
         .title = "A change of a column's type rewrites the table",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds `ALTER COLUMN … TYPE` where the old values cannot stay as they are. The old type is taken from the earlier
migrations, so changes that are free are not reported: a longer or unlimited `varchar`, `varchar` to `text`, more digits
of a `numeric` with the same scale, a finer `timestamp`, `cidr` to `inet`.)",
              .why =
                  R"(Every row and every index is written again while ACCESS EXCLUSIVE keeps all queries waiting. Shrinking a type can fail
on top, at the last row.)",
              .instead = R"(```sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN total_big bigint;
CREATE FUNCTION orders_copy_total() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN NEW.total_big := NEW.total; RETURN NEW; END $$;
CREATE TRIGGER orders_copy_total BEFORE INSERT OR UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION orders_copy_total();
-- then fill total_big in batches, let the code read it, and drop the old column in a later release
```)",
              .known_problems =
                  R"(Domains, enums and types of extensions are not looked into: a change between two of them is reported even if their values
have the same format.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::rewrite,
         .tool = tool_name},
    .check = check,
    .squawk = "changing-column-type"};

}  // namespace sluice::migrations
