// SPDX-License-Identifier: Apache-2.0
#include "env/rule.hpp"

#include <array>

namespace sluice::env {

namespace {

std::vector<StyleFault>
check_style(std::string_view /*text*/, const std::vector<StyleLine>& lines)
{
  std::vector<StyleFault> faults;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].kind == StyleLine::Kind::blank && lines[i - 1].kind == StyleLine::Kind::blank) {
      faults.push_back({lines[i].number, "A blank line follows a blank line", {{lines[i].at, ""}}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/extra_blank_line"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_extra_blank_line{
    .meta = {.id = "extra-blank-line",
             .title = "Several blank lines in a row in a dotenv file",
             .since = "0.1.0",
             .doc = {.what = R"(Finds blank lines that follow a blank line. Off unless `env: style: true`.)",
                     .why = R"(They say nothing.)",
                     .instead = R"(One blank line between groups; `check --style --fix` takes the others out.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
