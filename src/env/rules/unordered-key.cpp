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
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin;
    while (end < lines.size() && lines[end].kind == StyleLine::Kind::pair) {
      ++end;
    }
    std::vector<StyleLine> sorted(lines.begin() + static_cast<std::ptrdiff_t>(begin),
                                  lines.begin() + static_cast<std::ptrdiff_t>(end));
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const StyleLine& a, const StyleLine& b) { return a.key < b.key; });
    for (std::size_t i = begin; i < end; ++i) {
      if (sorted[i - begin].number == lines[i].number) {
        continue;
      }
      std::string group;
      for (const StyleLine& line : sorted) {
        group.append(line.text).append("\n");
      }
      faults.push_back({lines[i].number,
                        fmt::format("{} is not in order", printable(lines[i].told)),
                        {{{lines[begin].at.begin, lines[end - 1].at.end}, std::move(group)}}});
      break;
    }
    begin = std::max(end, begin + 1);
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/unordered_key"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_unordered_key{
    .meta =
        {.id = "unordered-key",
         .title = "The keys of a group of a dotenv file are not in order",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds keys that stand behind one that is greater, within a group of lines without a blank or a comment between. Off unless `env: style: true`.)",
              .why = R"(In a long file without an order keys are written twice.)",
              .instead =
                  R"(Order the keys of each group; `check --style --fix --order` does where no reference depends on it.)",
              .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
