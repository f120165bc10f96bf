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
    if (line.kind == StyleLine::Kind::pair && !line.has_delimiter) {
      faults.push_back({line.number,
                        fmt::format("{} has neither a value nor a =", printable(line.told)),
                        {{{line.key_at.end, line.key_at.end}, "="}}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/key_without_value"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_key_without_value{
    .meta =
        {.id = "key-without-value",
         .title = "A key of a dotenv file has no value and no delimiter",
         .since = "0.1.0",
         .doc = {.what = R"(Finds lines that are a key alone. Off unless `env: style: true`.)",
                 .why =
                     R"(Some readers pass the line over, some give the key an empty value, and some refuse the file.)",
                 .instead = R"(Write `KEY=`.)",
                 .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
