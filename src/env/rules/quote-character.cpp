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
    if (line.kind != StyleLine::Kind::pair || line.value.size() < 2) {
      continue;
    }
    const char quote = line.value.front();
    const std::string_view inner = line.value.substr(1, line.value.size() - 2);
    const bool is_plain = std::all_of(inner.begin(), inner.end(),
                                      [](char c) { return is_letter(c) || is_digit(c) || is_any_of(c, "_-./:@,+"); });
    if ((quote == '"' || quote == '\'') && line.value.back() == quote && is_plain) {
      faults.push_back(
          {line.number,
           fmt::format("The value of {} needs no quotes", printable(line.told)),
           {{{line.value_at.begin, line.value_at.begin + 1}, ""}, {{line.value_at.end - 1, line.value_at.end}, ""}}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/quote_character"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_quote_character{
    .meta =
        {.id = "quote-character",
         .title = "A value of a dotenv file has quotes that it does not need",
         .since = "0.1.0",
         .doc = {.what =
                     R"(Finds quotes around values of letters, digits and plain marks. Off unless `env: style: true`.)",
                 .why = R"(`docker run --env-file` hands quotes on as part of the value.)",
                 .instead = R"(Leave them away; `check --style --fix` does where every reader makes the same of it.)",
                 .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
