// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"
#include "env/type.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

std::string
what_differs(const Item& item, std::string_view literal)
{
  const Type* type = item.type.id.empty() ? nullptr : find_type(item.type.id);
  if (type != nullptr && type->defect(literal, item.type.options)) {
    return fmt::format("is not of the type {} that the schema wants", type->id);
  }
  if (item.fallback && !item.fallback->empty() && *item.fallback != literal) {
    return "is another than the schema's";
  }
  return {};
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Seen& seen : survey.seen) {
    for (const Sighting& sighting : seen.sightings) {
      const auto wanted = survey.wanted.find(sighting.name);
      if (sighting.kind != SightingKind::read || !sighting.literal || wanted == survey.wanted.end()
          || wanted->second.schema->is_example || wanted->second.schema->path == seen.path) {
        continue;
      }
      const Wanted& said = wanted->second;
      const std::string what = what_differs(said.item, *sighting.literal);
      if (!what.empty()) {
        reporter.report(seen.path, sighting.line,
                        {.message = fmt::format("The value that the code takes where {} is not set {}",
                                                printable(sighting.name), what),
                         .help = "Keep the default in the schema alone, or make both alike",
                         .subject = fmt::format("env:any/{}", sighting.name),
                         .key = sighting.name,
                         .related = {{{said.schema->path, {said.item.line, 0}, {said.item.line, 0}, {}},
                                      PlaceRole::defined_here,
                                      "the schema"}}});
      }
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://varlock.dev/env-spec/reference/"};
constexpr std::array<std::string_view, 1> tags{"correctness"};

}  // namespace

extern const Rule rule_contradicting_default{
    .meta =
        {.id = "contradicting-default",
         .title = "A default in the code contradicts the schema",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Compares the text that code takes where a variable is not set with the type and the default of the schema.)",
              .why =
                  R"(What the program does without the variable depends on who started it: what reads the schema, or the code alone.)",
              .instead = R"(Keep the default in one place.)",
              .references = references},
         .severity = Severity::low,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
