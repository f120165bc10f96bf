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

constexpr std::array<std::string_view, 6> usual_places{"migrations",     "db/migrations",     "database/migrations",
                                                       "sql/migrations", "schema/migrations", "src/migrations"};

std::optional<Detection>
detect(const gate::FileTree& tree)
{
  Detection detection;
  for (const std::string_view place : usual_places) {
    const std::vector<std::string> files = tree.list(place).files;
    if (std::any_of(files.begin(), files.end(), [](const std::string& file) { return file.ends_with(".sql"); })) {
      detection.directories.emplace_back(place);
    }
  }
  if (detection.directories.empty()) {
    return std::nullopt;
  }
  detection.reason = fmt::format("{} holds .sql files", detection.directories.front());
  return detection;
}

/// Files that undo a migration are not on the way to production.
std::optional<std::string>
skips(std::string_view path)
{
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const bool undoes = name == "down.sql" || name.ends_with(".down.sql") || name.ends_with("_down.sql");
  return undoes ? std::optional<std::string>("") : std::nullopt;
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
    .detect = detect,
    .claims = [](std::string_view) { return true; },
    .precedence = Framework::Precedence::last_resort,
    .depth = Framework::Depth::nested,
    .skips = skips,
    .foreign_marks = foreign_marks,
    .transaction = [](const MigrationsOptions& options) { return options.transaction; },
    .transaction_reason = "the option transaction says that each file is one",
    .runs_outside = [](const Statement&, std::size_t, const MigrationsOptions&) { return false; }};

}  // namespace sluice::migrations
