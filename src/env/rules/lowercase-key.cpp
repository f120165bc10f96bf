// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"

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
    if (line.kind == StyleLine::Kind::pair && std::any_of(line.key.begin(), line.key.end(), is_lower)) {
      faults.push_back({line.number, fmt::format("{} is not in capitals", printable(line.told)), {}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/lowercase_key"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_lowercase_key{
    .meta = {.id = "lowercase-key",
             .title = "A key of a dotenv file is in lower case",
             .since = "0.1.0",
             .doc = {.what = R"(Finds keys with small letters. Off unless `env: style: true`.)",
                     .why = R"(By custom names of the environment are in capitals.)",
                     .instead = R"(Spell it in capitals, where it is read too.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
