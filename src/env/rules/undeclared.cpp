// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"
#include "env/spelling.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

/// At a code base that declares nothing at all one finding for each variable says less than one for all of them.
bool
has_declarations(const Survey& survey)
{
  return !survey.files.empty() || !survey.schemas.empty();
}

void
check(const Survey& survey, Reporter& reporter)
{
  const Neighbours neighbours(survey);
  for (const auto& [name, variable] : survey.usage) {
    if (variable.verdict != UsageVerdict::undeclared) {
      continue;
    }
    const ReadPlace& first = variable.reads.front();
    Remark remark{
        .message = fmt::format("{} is read here and declared nowhere: whoever sets the project up does not learn of it",
                               printable(name)),
        .help = fmt::format("Name {} in {}, or give it where the program is started", printable(name),
                            has_declarations(survey) ? "the schema or the example file" : "a `.env.example`"),
        .subject = fmt::format("env:any/{}", name),
        .key = name};
    if (first.sighting->unset == Unset::defaulted || first.sighting->unset == Unset::tested) {
      remark.severity = Severity::low;
    }
    if (const auto other = neighbours.declared(name)) {
      remark.message += fmt::format("; {} is, and may be what is meant", printable(*other));
      remark.facts.push_back({"near", {}, *other});
    }
    for (std::size_t i = 1; i < variable.reads.size() && i < 20; ++i) {
      const std::uint32_t line = variable.reads[i].sighting->line;
      remark.related.push_back({{variable.reads[i].path, {line, 0}, {line, 0}, {}}, PlaceRole::also, {}});
    }
    reporter.report(first.path, first.sighting->line, std::move(remark));
  }
}

constexpr std::array<std::string_view, 1> references{"https://12factor.net/config"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_undeclared{
    .meta =
        {.id = "undeclared",
         .title = "A variable is read and declared nowhere",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds variables that code, scripts, containers or workflows read and that no dotenv file, schema, example, Dockerfile,
compose file, workflow or package script declares. What an operating system, a shell, a CI or a platform gives is left out, and
so is what a workflow takes from its platform's store.)",
              .why =
                  R"(Nobody who sets the project up, or deploys it to a new environment, learns that the variable is needed.)",
              .instead =
                  R"(Name it in `.env.schema` or `.env.example`, or under `ambient:` in `.sluice.yml` if the platform gives it.)",
              .known_problems =
                  R"(What is declared outside of the repository, in a platform's settings, is not known: give its listing with `--store`.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
