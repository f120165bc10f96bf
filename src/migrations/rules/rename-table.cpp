// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-RENAME",
    "https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS"};

/// A statement soon after the rename, before the transaction ends, that gives the old name to a view.
bool
leaves_a_view(const QualifiedName& old_name, const MigrationContext& context)
{
  constexpr std::size_t far_enough = 100;
  const auto next = context.following.first(std::min(context.following.size(), far_enough));
  const auto end = std::find_if(next.begin(), next.end(), [](const Statement& statement) {
    return as<TransactionControl>(statement) != nullptr;
  });
  return context.in_transaction && std::any_of(next.begin(), end, [&old_name](const Statement& statement) {
           const auto* create = as<CreateView>(statement);
           return create != nullptr && create->view == old_name;
         });
}

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  const auto* rename = as<Rename>(statement);
  if (rename == nullptr || rename->kind != Rename::Kind::table || context.catalog.is_new(rename->table)) {
    return;
  }
  if (leaves_a_view(rename->table, context)) {
    reporter.spare(statement.where, "a view takes over the old name in the same transaction");
    return;
  }
  reporter.report(
      {.where = statement.where,
       .message = fmt::format("Renaming {} to {} takes ACCESS EXCLUSIVE and from then on fails every query of "
                              "the running application that uses the old name",
                              text_of(rename->table), rename->to),
       .help = "Create a view under the old name in the same transaction, or keep the name"});
}

}  // namespace

extern const Rule rule_rename_table{
    .meta =
        {.id = "rename-table",
         .title = "A table is renamed under the running application",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds `ALTER TABLE … RENAME TO` of a table that earlier migrations made, unless a view takes over the old name in the same
transaction.)",
              .why =
                  R"(Code and database cannot change in the same instant. Until the last instance of the old version is gone its queries fail
with `relation does not exist`.)",
              .instead =
                  R"(A simple view can be read and written like the table. Drop it when nobody uses the old name any more.

```sql
SET lock_timeout = '5s';
BEGIN;
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT * FROM purchases;
COMMIT;
```)",
              .known_problems =
                  R"(The view is looked for by its name alone: one that leaves out columns, or cannot be written, counts as well.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::breakage,
         .tool = tool_name},
    .check = check,
    .squawk = "renaming-table"};

}  // namespace sluice::migrations
