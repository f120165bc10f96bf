// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "credentials/stand_in.hpp"
#include "env/names.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::size_t least_length = 6;

/// Not a word that stands for nothing: "none", "test", a URL of one's own machine.
bool
may_be_secret(std::string_view literal)
{
  const std::string lower = to_lower(literal);
  constexpr std::array<std::string_view, 8> nothing{"undefined", "secret", "none", "null",
                                                    "false",     "true",   "test", "dummy"};
  return literal.size() >= least_length && !credentials::is_stand_in(literal)
         && std::find(nothing.begin(), nothing.end(), lower) == nothing.end()
         && literal.find(' ') == std::string_view::npos;
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Seen& seen : survey.seen) {
    for (const Sighting& sighting : seen.sightings) {
      const bool is_fallback = sighting.kind == SightingKind::read && sighting.unset == Unset::defaulted;
      if (!is_fallback || !sighting.literal || !is_secret_name(sighting.name) || is_public_name(sighting.name)
          || !may_be_secret(*sighting.literal)) {
        continue;
      }
      reporter.report(
          seen.path, sighting.line,
          {.message = fmt::format("Where {} is not set, the program goes on with a value that everybody who "
                                  "reads the code knows",
                                  printable(sighting.name)),
           .help = fmt::format("Let the program stop where {} is not set", printable(sighting.name)),
           .subject = fmt::format("env:any/{}", sighting.name),
           .key = sighting.name});
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://cwe.mitre.org/data/definitions/798.html"};
constexpr std::array<std::string_view, 1> tags{"secret"};

}  // namespace

extern const Rule rule_secret_in_fallback{
    .meta =
        {.id = "secret-in-fallback",
         .title = "Code has a secret in the place of one that is not set",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds reads of secrets (by their name) that fall back to a text in the code: `process.env.JWT_SECRET ?? "…"`,
`os.getenv("SECRET_KEY", "…")`, `${DB_PASSWORD:-…}`.)",
              .why =
                  R"(An environment in which somebody forgot the secret runs with one that is public, and nothing tells.)",
              .instead = R"(Stop with a message where the secret is not set.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
