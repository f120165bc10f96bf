// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/pairs.hpp"
#include "env/rule.hpp"
#include "env/type.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

/// Forms that a value has or has not, whatever it is.
std::string_view
form_of(std::string_view value)
{
  for (const std::string_view id : {"boolean", "integer", "number", "url", "email", "uuid"}) {
    const Type* type = find_type(id);
    if (type != nullptr && !type->defect(value, {})) {
      return id == "integer" ? "number" : id;
    }
  }
  return "text";
}

void
check(const Survey& survey, Reporter& reporter)
{
  for_each_deployed_pair(survey, [&](const ValuePair& pair) {
    const std::string_view first = form_of(*pair.first.entry->value);
    const std::string_view second = form_of(*pair.second.entry->value);
    // "1" is a number and a way to say yes.
    const bool is_loose = (first == "boolean" && second == "number") || (first == "number" && second == "boolean");
    if (first == second || is_loose || survey.wanted.contains(pair.name)) {
      return;
    }
    const std::uint32_t line = pair.second.file->line_of(*pair.second.entry);
    reporter.report(
        *pair.first.file, *pair.first.entry,
        {.message = fmt::format("{} has the form of a {} in {} and of a {} in {}", printable(pair.name), first,
                                printable(title_of(*pair.one)), second, printable(title_of(*pair.other))),
         .help = "Make both alike, and say the type in a schema",
         .subject = subject_of(*pair.one, pair.name),
         .facts = {{"environments", {}, fmt::format("{},{}", pair.one->name, pair.other->name)}},
         .related = {
             {{pair.second.file->source.path(), {line, 0}, {line, 0}, {}}, PlaceRole::cause, "the other one"}}});
  });
}

constexpr std::array<std::string_view, 1> references{"https://12factor.net/dev-prod-parity"};
constexpr std::array<std::string_view, 1> tags{"drift"};

}  // namespace

extern const Rule rule_drift_of_form{
    .meta =
        {.id = "drift-of-form",
         .title = "A value has another form in each of two environments",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Compares the form (number, boolean, URL, address, UUID, text) of values that two deployed environments have of one
variable, where no schema says which is right.)",
              .why =
                  R"(A URL in staging and a bare host in production are read by the same code, which was tested with one of them.)",
              .instead = R"(Make both alike, and say the type in a schema.)",
              .references = references},
         .severity = Severity::low,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
