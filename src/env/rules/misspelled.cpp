// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"
#include "env/spelling.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

void
check(const Survey& survey, Reporter& reporter)
{
  const Neighbours neighbours(survey);
  for (const auto& [name, variable] : survey.usage) {
    if (variable.verdict != UsageVerdict::undeclared) {
      continue;
    }
    const auto other = neighbours.declared(name);
    if (!other) {
      continue;
    }
    const ReadPlace& read = variable.reads.front();
    const DeclaredPlace& declared = survey.usage.find(*other)->second.declared.front();
    reporter.report(
        read.path, read.sighting->line,
        {.message = fmt::format("{} is read, and {} is declared and read by nothing: one of the two is "
                                "misspelled, and the program gets no value",
                                printable(name), printable(*other)),
         .help = "Spell both alike",
         .subject = fmt::format("env:any/{}", name),
         .key = name,
         .facts = {{"near", {}, *other}},
         .related = {
             {{declared.path, {declared.line, 0}, {declared.line, 0}, {}}, PlaceRole::cause, "declared here"}}});
  }
}

constexpr std::array<std::string_view, 1> references{"https://12factor.net/config"};
constexpr std::array<std::string_view, 1> tags{"correctness"};

}  // namespace

extern const Rule rule_misspelled{
    .meta =
        {.id = "misspelled",
         .title = "A variable is read by one name and declared by another that is nearly the same",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds a name that is read and declared nowhere, beside one that is declared and read by nothing, one edit apart or the
same but for case and underscores.)",
              .why = R"(The program reads an empty value, and everybody who looks sees that the variable is set.)",
              .instead = R"(Spell both alike.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
