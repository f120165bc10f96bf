// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/fingerprints.hpp"
#include "env/pairs.hpp"
#include "env/rule.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

std::string
message_of(std::string_view name, std::string_view one, std::string_view other)
{
  return fmt::format("{} is the same in {} and in {}: whoever reads it in the one can use it in the other",
                     printable(name), printable(one), printable(other));
}

void
compare_files(const Survey& survey, Reporter& reporter)
{
  for_each_pair(survey, [&](const ValuePair& pair) {
    const bool is_of_deployed = is_deployed(pair.one->stage) || is_deployed(pair.other->stage);
    if (!is_of_deployed || !is_secret(survey, pair.name) || *pair.first.entry->value != *pair.second.entry->value) {
      return;
    }
    const std::uint32_t line = pair.second.file->line_of(*pair.second.entry);
    reporter.report(
        *pair.first.file, *pair.first.entry,
        {.message = message_of(pair.name, title_of(*pair.one), title_of(*pair.other)),
         .help = fmt::format("Make another one for {}", printable(title_of(*pair.one))),
         .subject = subject_of(*pair.one, pair.name),
         .key = std::string(pair.name),
         .facts = {{"environments", {}, fmt::format("{},{}", pair.one->name, pair.other->name)}},
         .related = {{{pair.second.file->source.path(), {line, 0}, {line, 0}, {}}, PlaceRole::primary, "and here"}},
         .aspect = fmt::format("{} {}", pair.one->name, pair.other->name)});
  });
}

void
compare_fingerprints(const Survey& survey, Reporter& reporter)
{
  for (std::size_t i = 0; i < survey.fingerprints.size(); ++i) {
    for (std::size_t j = i + 1; j < survey.fingerprints.size(); ++j) {
      const FingerprintSet& one = survey.fingerprints[i];
      const FingerprintSet& other = survey.fingerprints[j];
      if (one.environment == other.environment) {
        continue;
      }
      for (const auto& [name, print] : one.prints) {
        const auto same = other.prints.find(name);
        if (same != other.prints.end() && same->second == print) {
          reporter.report(one.path, 0,
                          {.message = message_of(name, one.environment, other.environment),
                           .help = fmt::format("Make another one for {}", printable(one.environment)),
                           .subject = fmt::format("env:{}/{}", one.environment, name),
                           .key = name,
                           .facts = {{"environments", {}, fmt::format("{},{}", one.environment, other.environment)}},
                           .aspect = fmt::format("{} {}", one.environment, other.environment)});
        }
      }
    }
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  compare_files(survey, reporter);
  compare_fingerprints(survey, reporter);
}

constexpr std::array<std::string_view, 1> references{
    "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html"};
constexpr std::array<std::string_view, 1> tags{"isolation"};

}  // namespace

extern const Rule rule_shared_between_environments{
    .meta =
        {.id = "shared-between-environments",
         .title = "Two environments have the same secret",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Compares secrets of two environments, of which at least one is deployed: in their files, or by the fingerprints that
`sluice-env fingerprint` made where the values are (HMAC-SHA-256 with a key of the organisation). A secret is what the schema
calls sensitive, or by its name.)",
              .why = R"(A leak of staging, which more people can read, is then a leak of production.)",
              .instead = R"(Make a secret for each environment.)",
              .known_problems =
                  R"(Values that can be guessed get no fingerprint, for whoever has the key could find them; the file says which.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
