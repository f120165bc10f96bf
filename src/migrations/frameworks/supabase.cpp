// SPDX-License-Identifier: Apache-2.0
//
// Supabase's command line runs supabase/migrations/<digits>_<name>.sql by name and skips every other file with a note
// (its pkg/migration/list.go). A file is sent as one batch, which the server runs as one transaction. From 2.109 on
// statements that cannot run there are taken out of the batch (supabase/cli#5671): CREATE INDEX CONCURRENTLY, REINDEX
// … CONCURRENTLY, VACUUM, ALTER SYSTEM, CLUSTER. DROP INDEX CONCURRENTLY was forgotten until #6276, which a report
// against 2.111 led to.
#include "base/text.hpp"
#include "migrations/framework.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 1> directories{"supabase/migrations"};
constexpr int takes_out = 109;
constexpr int takes_drop_out = 112;

bool
claims(std::string_view named)
{
  return named == directories[0] || named.ends_with("/supabase/migrations");
}

std::optional<Skip>
skips(std::string_view path, std::span<const std::string> /*all*/)
{
  if (path.find('/') != std::string_view::npos) {
    return Skip{"it lies in a directory below"};
  }
  if (!path.ends_with(".sql")) {
    return Skip{"its name does not end in .sql"};
  }
  constexpr std::size_t time_stamp_digits = 14;
  constexpr std::string_view first_supported = "20211209000000";
  const std::size_t digits =
      static_cast<std::size_t>(std::find_if_not(path.begin(), path.end(), is_digit) - path.begin());
  if (digits == 0 || digits == path.size() || path[digits] != '_') {
    return Skip{"its name is not <digits>_<name>.sql"};
  }
  if (digits == time_stamp_digits && path.substr(0, digits) < first_supported && path.substr(digits) == "_init.sql") {
    return Skip{"it counts as a schema dump from before the first release of migrations"};
  }
  return std::nullopt;
}

/// The minor version of 2.x; the newest if none is given.
int
minor_version(std::string_view version)
{
  constexpr int newest = 1'000'000;
  if (version.empty()) {
    return newest;
  }
  const std::vector<std::string_view> parts = split(version.starts_with('v') ? version.substr(1) : version, '.');
  int major = 0;
  int minor = 0;
  std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), major);
  if (parts.size() > 1) {
    std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), minor);
  }
  constexpr int known_major = 2;
  return major == known_major ? minor : (major > known_major ? newest : 0);
}

bool
runs_outside(const Statement& statement, std::size_t position, const MigrationsOptions& options)
{
  const int minor = minor_version(options.supabase_cli_version);
  if (minor < takes_out) {
    return position == 0;  // the first statement of a batch still starts its transaction
  }
  constexpr std::array<std::string_view, 3> taken_out{"VacuumStmt", "AlterSystemStmt", "ClusterStmt"};
  const auto* create = as<CreateIndex>(statement);
  const auto* reindex = as<Reindex>(statement);
  const auto* drop = as<DropObjects>(statement);
  return (create != nullptr && create->concurrently) || (reindex != nullptr && reindex->concurrently)
         || (drop != nullptr && drop->concurrently && minor >= takes_drop_out)
         || std::find(taken_out.begin(), taken_out.end(), statement.node) != taken_out.end();
}

}  // namespace

extern const Framework framework_supabase{
    .id = "supabase",
    .usual_directories = directories,
    .sign = Framework::Sign::directory,
    .claims = claims,
    .depth = Framework::Depth::flat,
    .skips = skips,
    .foreign_marks = [](std::string_view) { return std::optional<std::string>(); },
    .transaction = [](const MigrationsOptions&) { return FileTransaction::per_file; },
    .transaction_reason = "Supabase runs each file as one",
    .runs_outside = runs_outside};

}  // namespace sluice::migrations
