// SPDX-License-Identifier: Apache-2.0
//
// A directory of .sql files that something runs in the order of their names: psql, a script, or a tool that this
// version does not know.
#include "base/text.hpp"
#include "migrations/framework.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 6> directories{"migrations",     "db/migrations",     "database/migrations",
                                                      "sql/migrations", "schema/migrations", "src/migrations"};

/// Files that undo a migration are not on the way to production.
std::optional<Skip>
skips(std::string_view path)
{
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const bool undoes = name == "down.sql" || name.ends_with(".down.sql") || name.ends_with("_down.sql");
  return undoes ? std::optional(Skip{"it is the way back", Skip::Told::not_at_all}) : std::nullopt;
}

/// Sections that the tool of the name would not run forward.
std::optional<std::string>
foreign_marks(std::string_view text)
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> marks{
      {{"-- +goose down", "goose"},
       {"-- migrate:down", "dbmate"},
       {"---- create above / drop below ----", "tern"},
       {"-- down migration", "node-pg-migrate"},
       {"--rollback ", "Liquibase"},
       {"-- +migrate down", "sql-migrate"}}};
  for (const std::string_view line : lines_of(text)) {
    const std::string lower = to_lower(trim(line).substr(0, 64));
    for (const auto& [mark, tool] : marks) {
      if (lower.starts_with(mark)) {
        return fmt::format("{}'s section for the way back was read as if it ran forward", tool);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

extern const Framework framework_plain{
    .id = "plain",
    .usual_directories = directories,
    .sign = Framework::Sign::sql_files,
    .claims = [](std::string_view) { return true; },
    .precedence = Framework::Precedence::last_resort,
    .depth = Framework::Depth::nested,
    .skips = skips,
    .foreign_marks = foreign_marks,
    .transaction = [](const MigrationsOptions& options) { return options.transaction; },
    .transaction_reason = "the option transaction says that each file is one",
    .runs_outside = [](const Statement&, std::size_t, const MigrationsOptions&) { return false; }};

}  // namespace sluice::migrations
