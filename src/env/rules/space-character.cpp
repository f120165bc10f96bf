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
    if (line.kind != StyleLine::Kind::pair || !line.has_delimiter) {
      continue;
    }
    const bool is_before = line.key_at.end + 1 < line.value_at.begin;
    const std::size_t blanks = line.value.size() - std::min(line.value.find_first_not_of(" \t"), line.value.size());
    const bool is_behind = !line.value.empty() && (line.value.front() == ' ' || line.value.front() == '\t');
    if (is_before || is_behind) {
      faults.push_back({line.number,
                        fmt::format("There are blanks around the = of {}", printable(line.told)),
                        {{{line.key_at.end, line.value_at.end - blanks}, "="}}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/space_character"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_space_character{
    .meta = {.id = "space-character",
             .title = "A line of a dotenv file has blanks around the =",
             .since = "0.1.0",
             .doc = {.what = R"(Finds blanks between the key, the `=` and the value. Off unless `env: style: true`.)",
                     .why = R"(A shell takes the key for a command, and `docker run` refuses the file.)",
                     .instead =
                         R"(Write `KEY=value`; `check --style --fix` does where every reader makes the same of it.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
