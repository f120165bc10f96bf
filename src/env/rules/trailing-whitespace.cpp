// SPDX-License-Identifier: Apache-2.0
#include "env/rule.hpp"

#include <array>

namespace sluice::env {

namespace {

std::vector<StyleFault>
check_style(std::string_view /*text*/, const std::vector<StyleLine>& lines)
{
  std::vector<StyleFault> faults;
  for (const StyleLine& line : lines) {
    const std::size_t end = line.text.find_last_not_of(" \t");
    const std::size_t length = end == std::string_view::npos ? 0 : end + 1;
    if (length < line.text.size() && !line.text.ends_with('\r')) {
      faults.push_back(
          {line.number, "The line ends in blanks", {{{line.at.begin + length, line.at.begin + line.text.size()}, ""}}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/trailing_whitespace"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_trailing_whitespace{
    .meta = {.id = "trailing-whitespace",
             .title = "A line of a dotenv file ends in blanks",
             .since = "0.1.0",
             .doc = {.what = R"(Finds blanks at the ends of lines. Off unless `env: style: true`.)",
                     .why = R"(Some readers keep them as part of the value.)",
                     .instead =
                         R"(Take them away; `check --style --fix` does where every reader makes the same of it.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
