// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/pairs.hpp"
#include "env/rule.hpp"
#include "env/type.hpp"
#include "env/url.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Where a URL leads: host, port and path, whoever logs in. Empty: it is no URL of a place that keeps something.
std::string
resource_of(std::string_view value)
{
  constexpr std::array<std::string_view, 16> kept{
      "postgres", "postgresql", "mysql", "mariadb",   "mongodb", "mongodb+srv", "redis",       "rediss",
      "amqp",     "amqps",      "mssql", "sqlserver", "libsql",  "clickhouse",  "cockroachdb", "jdbc"};
  const auto url = url_of(value);
  const bool is_kept =
      url && std::find(kept.begin(), kept.end(), url->scheme.substr(0, url->scheme.find(':'))) != kept.end();
  return is_kept ? to_lower(url->places) + to_lower(url->path) : std::string();
}

std::string
value_in(const Target& target, const std::string& name)
{
  const auto held = target.values.find(name);
  const bool is_there = held != target.values.end() && held->second.entry->value;
  return is_there ? to_lower(*held->second.entry->value) : std::string();
}

/// The same of DB_HOST, DB_PORT and DB_NAME, PGHOST and PGDATABASE, REDIS_HOST. Empty: it is no host of a database, one
/// that another network may have as well, or nothing tells which database of the server is meant.
std::string
resource_in_parts(const Target& target, std::string_view name, std::string_view host)
{
  constexpr std::string_view ending = "HOST";
  const bool is_of_kept = name == "PGHOST"
                          || has_word(name, {"db", "database", "postgres", "postgresql", "mysql", "mariadb", "mongo",
                                             "mongodb", "redis", "clickhouse", "rds"});
  if (!is_of_kept || !name.ends_with(ending) || host.find('.') == std::string_view::npos || is_inner(host_kind(host))) {
    return {};
  }
  const std::string stem(name.substr(0, name.size() - ending.size()));
  std::string database;
  for (const std::string_view what : {"NAME", "DATABASE", "DB"}) {
    database = database.empty() ? value_in(target, stem + std::string(what)) : database;
  }
  if (database.empty() && !has_word(name, {"redis"})) {
    return {};
  }
  return fmt::format("{}:{}/{}", to_lower(host), value_in(target, stem + "PORT"), database);
}

bool
lead_to_one(const ValuePair& pair)
{
  const std::string& first = *pair.first.entry->value;
  const std::string& second = *pair.second.entry->value;
  const std::string resource = resource_of(first);
  const std::string in_parts = resource_in_parts(*pair.one, pair.name, first);
  return (!resource.empty() && resource == resource_of(second))
         || (!in_parts.empty() && in_parts == resource_in_parts(*pair.other, pair.name, second));
}

void
check(const Survey& survey, Reporter& reporter)
{
  for_each_deployed_pair(survey, [&](const ValuePair& pair) {
    if (!lead_to_one(pair)) {
      return;
    }
    const std::uint32_t line = pair.second.file->line_of(*pair.second.entry);
    reporter.report(
        *pair.first.file, *pair.first.entry,
        {.message =
             fmt::format("{} of {} and of {} lead to the same database: what {} does, it does to the data of the "
                         "other",
                         printable(pair.name), printable(title_of(*pair.one)), printable(title_of(*pair.other)),
                         printable(title_of(*pair.one))),
         .help = fmt::format("Give {} a database of its own", printable(title_of(*pair.one))),
         .subject = subject_of(*pair.one, pair.name),
         .key = std::string(pair.name),
         .facts = {{"environments", {}, fmt::format("{},{}", pair.one->name, pair.other->name)}},
         .related = {{{pair.second.file->source.path(), {line, 0}, {line, 0}, {}}, PlaceRole::primary, "and here"}},
         .aspect = fmt::format("{} {}", pair.one->name, pair.other->name)});
  });
}

constexpr std::array<std::string_view, 1> references{
    "https://supabase.com/docs/guides/deployment/managing-environments"};
constexpr std::array<std::string_view, 1> tags{"isolation"};

}  // namespace

extern const Rule rule_same_resource_in_two_environments{
    .meta =
        {.id = "same-resource-in-two-environments",
         .title = "Two environments use the same database",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Compares the host, port and name of each database, queue and cache that two deployed environments name, in URLs or
in parts (`DB_HOST` with `DB_NAME`), whoever logs in. Of parts names of inner networks are passed over.)",
              .why = R"(Tests in staging write to the data of customers.)",
              .instead = R"(A database for each environment.)",
              .references = references},
         .severity = Severity::critical,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
