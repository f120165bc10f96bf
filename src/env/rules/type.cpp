// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"

#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

void
check_value(const ValueContext& value, Reporter& reporter)
{
  if (value.wanted == nullptr || value.wanted->item.type.id.empty()
      || value.wanted->schema->path == value.file.source.path()) {
    return;
  }
  const Type* type = find_type(value.wanted->item.type.id);
  if (type == nullptr) {
    return;
  }
  const auto defect = type->defect(value.value, value.wanted->item.type.options);
  // What stands for a value is told as that.
  if (!defect || is_placeholder(value)) {
    return;
  }
  const Wanted& wanted = *value.wanted;
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("The value of {} {}, and the schema wants {}", printable(value.key), *defect,
                              type->id == "string" ? "another" : type->id),
       .help = fmt::format("Give it a value that is {}, or mend the schema",
                           type->id == "string" ? "as the schema wants it" : fmt::format("of the type {}", type->id)),
       .facts = {{"type", {}, std::string(type->id)}},
       .related = {{{wanted.schema->path, {wanted.item.line, 0}, {wanted.item.line, 0}, {}},
                    PlaceRole::defined_here,
                    "the schema"}}});
}

constexpr std::array<std::string_view, 1> references{"https://varlock.dev/reference/data-types/"};
constexpr std::array<std::string_view, 1> tags{"correctness"};

}  // namespace

extern const Rule rule_type{
    .meta =
        {.id = "type",
         .title = "A value is not of the type that the schema wants",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Compares each value, as its surest reader has it (without quotes and comments), with the type and the options of the
schema. What only points at a secret (`op://…`, `ENC[…]`, `encrypted:…`) is of any type.)",
              .why = R"(A port that is no number is found when the program starts, or silently becomes 0.)",
              .instead = R"(Mend the value or the schema.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
