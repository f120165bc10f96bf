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
    if (line.kind != StyleLine::Kind::pair || line.value.starts_with('\'')) {
      continue;
    }
    for (std::size_t at = line.value.find("${"); at != std::string_view::npos; at = line.value.find("${", at + 2)) {
      const bool is_escaped = at > 0 && line.value[at - 1] == '\\';
      if (!is_escaped && line.value.find('}', at) == std::string_view::npos) {
        faults.push_back(
            {line.number, fmt::format("A reference in the value of {} is not closed", printable(line.told)), {}});
        break;
      }
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/substitution_key"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_substitution_key{
    .meta =
        {.id = "substitution-key",
         .title = "A reference in a dotenv file is not closed",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds `${` without its `}`. Forms with a default (`${A:-b}`) are right. Off unless `env: style: true`.)",
              .why = R"(Readers that know references refuse the file or take the rest of the line for the name.)",
              .instead = R"(Close the brace.)",
              .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
