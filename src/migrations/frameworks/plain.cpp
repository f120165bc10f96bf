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

/// Files that undo a migration are not on the way to production. A name alone does not say that it does: slow_down.sql
/// may well go forward, so the way there has to stand beside the way back.
std::optional<Skip>
skips(std::string_view path, std::span<const std::string> all)
{
  constexpr std::array<std::string_view, 3> ends{".down.sql", "_down.sql", "-down.sql"};
  const std::string lower = to_lower(path);
  const std::size_t name = lower.rfind('/') == std::string::npos ? 0 : lower.rfind('/') + 1;
  const bool is_whole = lower.substr(name) == "down.sql";
  const auto* end =
      std::find_if(ends.begin(), ends.end(), [&lower](std::string_view each) { return lower.ends_with(each); });
  if (!is_whole && end == ends.end()) {
    return std::nullopt;
  }
  const std::string stem = lower.substr(0, lower.size() - (is_whole ? std::string_view("down.sql") : *end).size());
  const std::string_view there = is_whole          ? "up.sql"
                                 : *end == ends[0] ? ".up.sql"
                                 : *end == ends[1] ? "_up.sql"
                                                   : "-up.sql";
  const bool has_way_there = std::any_of(all.begin(), all.end(), [&](const std::string& each) {
    const std::string other = to_lower(each);
    return other == stem + std::string(there) || (!is_whole && other == stem + ".sql");
  });
  if (has_way_there) {
    return Skip{"it is the way back", Skip::Told::not_at_all};
  }
  // "2.down.sql" says what it is, "take_down.sql" does not.
  return is_whole || *end == ends[0]
             ? std::optional(Skip{"its name says that it is a way back, and there is none there that it would undo"})
             : std::nullopt;
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
