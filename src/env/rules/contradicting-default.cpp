// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"
#include "env/type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// `30_000` of a program is 30000.
std::string
without_separators(std::string_view literal)
{
  std::string text(literal);
  if (!text.empty() && is_digit(text.front())
      && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '_' || c == '.'; })) {
    std::erase(text, '_');
  }
  return text;
}

std::string
what_differs(const Item& item, std::string_view written)
{
  const std::string literal = without_separators(written);
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
      // An empty text says "none": whether the variable may have no value is another question.
      const bool has_default = sighting.kind == SightingKind::read && sighting.literal && !sighting.literal->empty();
      if (!has_default || wanted == survey.wanted.end() || wanted->second.schema->is_example
          || wanted->second.schema->path == seen.path) {
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
