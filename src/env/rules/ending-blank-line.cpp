// SPDX-License-Identifier: Apache-2.0
#include "env/rule.hpp"

#include <array>

namespace sluice::env {

namespace {

std::vector<StyleFault>
check_style(std::string_view text, const std::vector<StyleLine>& lines)
{
  if (lines.empty() || text.ends_with('\n')) {
    return {};
  }
  return {{lines.back().number, "The last line has no newline", {{{text.size(), text.size()}, "\n"}}}};
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/ending_blank_line"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_ending_blank_line{
    .meta = {.id = "ending-blank-line",
             .title = "A dotenv file does not end in a newline",
             .since = "0.1.0",
             .doc = {.what = R"(Finds files whose last line has no newline. Off unless `env: style: true`.)",
                     .why = R"(What is appended by a script lands on that line.)",
                     .instead = R"(End the file in a newline; `check --style --fix` does.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
