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
    std::vector<RelatedPlace> places{
        {{declared.path, {declared.line, 0}, {declared.line, 0}, {}}, PlaceRole::primary, "declared here"}};
    for (std::size_t i = 1; i < variable.reads.size() && i < 20; ++i) {
      const std::uint32_t line = variable.reads[i].sighting->line;
      places.push_back({{variable.reads[i].path, {line, 0}, {line, 0}, {}}, PlaceRole::also, {}});
    }
    reporter.report(read.path, read.sighting->line,
                    {.message = fmt::format("{} is read, and {} is declared and read by {}: one of the two is "
                                            "misspelled, and the program gets no value",
                                            printable(name), printable(*other),
                                            is_read_by_library(*other) ? "a library alone" : "nothing"),
                     .help = "Spell both alike",
                     .subject = fmt::format("env:any/{}", name),
                     .key = name,
                     .facts = {{"near", {}, *other}},
                     .related = std::move(places)});
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
                  R"(Finds a name that is read and declared nowhere, beside one that is declared and read by nothing, or by a library alone, one edit
apart or the same but for case and underscores. Neither is told as undeclared or unused then.)",
              .why = R"(The program reads an empty value, and everybody who looks sees that the variable is set.)",
              .instead = R"(Spell both alike.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
