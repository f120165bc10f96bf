// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/pairs.hpp"
#include "env/rule.hpp"
#include "env/type.hpp"
#include "env/url.hpp"

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

void
check(const Survey& survey, Reporter& reporter)
{
  for_each_deployed_pair(survey, [&](const ValuePair& pair) {
    const std::string first = resource_of(*pair.first.entry->value);
    if (first.empty() || first != resource_of(*pair.second.entry->value)) {
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
                  R"(Compares the host, port and name of each database, queue and cache that the URLs of two deployed environments name,
whoever logs in.)",
              .why = R"(Tests in staging write to the data of customers.)",
              .instead = R"(A database for each environment.)",
              .references = references},
         .severity = Severity::critical,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
