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
    if (line.kind != StyleLine::Kind::pair) {
      continue;
    }
    const char first = line.text.front();
    if (!is_letter(first) && first != '_') {
      std::vector<Edit> edits;
      if (is_blank(first)) {
        edits.push_back({{line.at.begin, line.key_at.begin}, ""});
      }
      faults.push_back({line.number,
                        fmt::format("The line{} does not begin with a letter",
                                    line.told == line.key ? " of " + printable(line.key) : ""),
                        std::move(edits)});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/leading_character"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_leading_character{
    .meta = {.id = "leading-character",
             .title = "A line of a dotenv file begins with what no name begins with",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds lines that begin with a blank, a digit or a mark. Off unless `env: style: true`.)",
                     .why = R"(Not every reader takes the key without it.)",
                     .instead = R"(Begin the line with the name; `check --style --fix` takes blanks away.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
