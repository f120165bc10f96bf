// SPDX-License-Identifier: Apache-2.0
#include "migrations/rule.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/sql-reindex.html"};

/// The command, if it is one that runs only outside of a transaction. REFRESH MATERIALIZED VIEW CONCURRENTLY is none.
std::string_view
concurrent_command(const Statement& statement)
{
  if (const auto* create = as<CreateIndex>(statement); create != nullptr && create->concurrently) {
    return "CREATE INDEX CONCURRENTLY";
  }
  if (const auto* drop = as<DropObjects>(statement); drop != nullptr && drop->concurrently) {
    return "DROP INDEX CONCURRENTLY";
  }
  if (const auto* reindex = as<Reindex>(statement); reindex != nullptr && reindex->concurrently) {
    return "REINDEX CONCURRENTLY";
  }
  std::string_view command;
  for_each_clause<DetachPartition>(statement, [&command](const AlterTable&, const DetachPartition& detach, Span) {
    command = detach.concurrently ? "DETACH PARTITION CONCURRENTLY" : command;
  });
  return command;
}

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  const std::string_view command = concurrent_command(statement);
  if (command.empty()) {
    return;
  }
  if (!context.in_transaction) {
    reporter.spare(statement.where, "it runs outside of a transaction");
    return;
  }
  reporter.report({.where = statement.where,
                   .message = fmt::format("{} runs in a transaction, for {}: PostgreSQL refuses it and the migration "
                                          "fails",
                                          command, context.transaction_reason),
                   .help = "Move it out of the transaction, into a file of its own if the tool wraps files in one"});
}

}  // namespace

extern const Rule rule_concurrently_in_transaction{
    .meta =
        {.id = "concurrently-in-transaction",
         .title = "A CONCURRENTLY command runs in a transaction and fails",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds `CREATE INDEX`, `DROP INDEX`, `REINDEX` and `DETACH PARTITION` with `CONCURRENTLY` after `BEGIN`, or in a file that
the migration tool runs as one transaction.)",
              .why =
                  R"(These commands commit several times on their way, so PostgreSQL refuses them: `cannot run inside a transaction block`.
The deployment stops there.)",
              .instead = R"(```sql
-- no BEGIN
CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);
```

Supabase's command line runs `CREATE INDEX CONCURRENTLY` and `REINDEX CONCURRENTLY` outside of its transaction since 2.109;
set `supabase-cli-version` if yours is older.)",
              .known_problems =
                  R"(Whether a plain file runs in a transaction is what the option `transaction` says; by default it does not.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::failure,
         .tool = tool_name},
    .check = check,
    .squawk = "ban-concurrent-index-creation-in-transaction"};

}  // namespace sluice::migrations
