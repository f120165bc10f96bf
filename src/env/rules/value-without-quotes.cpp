// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

std::vector<StyleFault>
check_style(std::string_view /*text*/, const std::vector<StyleLine>& lines)
{
  std::vector<StyleFault> faults;
  for (const StyleLine& line : lines) {
    const std::string_view value = trim(line.value.substr(0, line.value.find(" #")));
    if (line.kind == StyleLine::Kind::pair && !value.empty() && !is_any_of(value.front(), "\"'`")
        && value.find_first_of(" \t") != std::string_view::npos) {
      faults.push_back(
          {line.number, fmt::format("The value of {} has blanks and no quotes", printable(line.told)), {}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/value_without_quotes"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_value_without_quotes{
    .meta = {.id = "value-without-quotes",
             .title = "A value of a dotenv file has blanks and no quotes",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds values with a blank in them and no quotes around. Off unless `env: style: true`.)",
                     .why = R"(A shell takes the second word for a command.)",
                     .instead = R"(Put the value in quotes.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
