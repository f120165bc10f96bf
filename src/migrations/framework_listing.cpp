// SPDX-License-Identifier: Apache-2.0
#include "migrations/framework_listing.hpp"

#include "gate/input.hpp"
#include "migrations/catalog.hpp"
#include "migrations/change_set.hpp"
#include "migrations/framework.hpp"
#include "migrations/sql.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

std::string
transactions_of(const Migration& migration, const Framework& framework, const MigrationsOptions& options)
{
  const Script script = parse_script(migration.source.text());
  Session session(framework.transaction(options), framework.transaction_reason);
  Catalog catalog;
  std::optional<std::string> before;
  std::string text;
  for (std::size_t i = 0; i < script.statements.size(); ++i) {
    const Statement& statement = script.statements[i];
    std::string now = framework.in_transaction(session, statement, i, options)
                          ? fmt::format("in a transaction: {}", session.transaction_reason())
                          : std::string("outside of a transaction");
    if (now != before) {
      const Position where = migration.source.position(statement.where.begin);
      text += fmt::format("  {}:{} {}\n", where.line, where.column, now);
    }
    before = std::move(now);
    session.apply(statement, catalog);
  }
  return text;
}

}  // namespace

Result<std::string>
framework_listing(std::string_view id, const std::filesystem::path& directory)
{
  MigrationsOptions options;
  options.framework = id;
  gate::Input input;
  input.directory = directory;
  TRY_ASSIGN(const ChangeSet set, load_change_set(options, input));
  std::string text;
  for (const Migration& migration : set.migrations) {
    text += fmt::format("run {}\n", migration.source.path());
    text += transactions_of(migration, *set.framework, options);
  }
  for (const SkippedFile& file : set.skipped) {
    text += fmt::format("skip {}: {}\n", file.path, file.why);
  }
  return text;
}

}  // namespace sluice::migrations
