// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"
#include "env/shell_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

std::vector<StyleFault>
check_style(std::string_view /*text*/, const std::vector<StyleLine>& lines)
{
  std::vector<StyleFault> faults;
  for (const StyleLine& line : lines) {
    const bool is_odd = std::any_of(line.key.begin(), line.key.end(), [](char c) { return !is_of_name(c); });
    if (line.kind == StyleLine::Kind::pair && is_odd) {
      faults.push_back(
          {line.number, fmt::format("{} has characters that no shell takes in a name", printable(line.told)), {}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/incorrect_delimiter"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_incorrect_delimiter{
    .meta =
        {.id = "incorrect-delimiter",
         .title = "A key of a dotenv file has characters that no shell takes",
         .since = "0.1.0",
         .doc = {.what =
                     R"(Finds keys with anything but letters, digits and underscores. Off unless `env: style: true`.)",
                 .why = R"(A shell cannot set such a variable, and some readers refuse the file.)",
                 .instead = R"(Put an underscore in its place.)",
                 .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
