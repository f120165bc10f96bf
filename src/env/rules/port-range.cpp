// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "base/text.hpp"
#include "env/names.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const std::vector<std::string> words = words_of_name(value.key);
  const bool is_typed = value.wanted != nullptr && !value.wanted->item.type.id.empty();
  if (words.empty() || words.back() != "port" || is_typed || is_placeholder(value)) {
    return;
  }
  const std::string_view text = value.value;
  const bool is_numeric = text.find_first_not_of("0123456789-+.") == std::string_view::npos;
  const auto number = number_of<std::uint16_t>(text);
  // Pipes of Azure, `tcp://` of links between containers and references are ports as their programs have them.
  if ((number && *number != 0) || (!is_numeric && value.key != "PORT") || text.starts_with("tcp://")
      || text.starts_with('\\') || text.find('$') != std::string_view::npos || text == "0") {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} is no port: it is not a number from 1 to 65535", title_of(value)),
                   .help = fmt::format("Give {} the number of a port", printable(value.key))});
}

constexpr std::array<std::string_view, 1> references{"https://www.rfc-editor.org/rfc/rfc6335#section-6"};
constexpr std::array<std::string_view, 1> tags{"correctness"};

}  // namespace

extern const Rule rule_port_range{
    .meta = {.id = "port-range",
             .title = "A port is none",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds variables whose name ends in `PORT` and whose value is a number that is no port, or no
number at all. Names in which the word means something else (`SUPPORT`, `EXPORT`) are other words, and what the schema
gives a type is judged by that.)",
                     .why = R"(The program does not start, or listens somewhere else.)",
                     .instead = R"(Give it a number from 1 to 65535.)",
                     .known_problems = R"(0 lets the system choose a port, and is passed over.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
