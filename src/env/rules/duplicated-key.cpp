// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

namespace sluice::env {

namespace {

std::vector<StyleFault>
check_style(std::string_view /*text*/, const std::vector<StyleLine>& lines)
{
  std::vector<StyleFault> faults;
  std::map<std::string_view, std::uint32_t> first;
  for (const StyleLine& line : lines) {
    if (line.kind != StyleLine::Kind::pair) {
      continue;
    }
    const auto [known, is_new] = first.emplace(line.key, line.number);
    if (!is_new) {
      faults.push_back(
          {line.number, fmt::format("{} stands on line {} already", printable(line.told), known->second), {}});
    }
  }
  return faults;
}

constexpr std::array<std::string_view, 1> references{"https://dotenv-linter.github.io/#/checks/duplicated_key"};
constexpr std::array<std::string_view, 1> tags{"style"};

}  // namespace

extern const Rule rule_duplicated_key{
    .meta = {.id = "duplicated-key",
             .title = "A key stands twice in a dotenv file",
             .since = "0.1.0",
             .doc = {.what = R"(Finds keys that a file has more than once. Off unless `env: style: true`.)",
                     .why = R"(The last one counts, and whoever changes the first one wonders why nothing happens.)",
                     .instead = R"(Keep one of them.)",
                     .references = references},
             .severity = Severity::info,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_style = check_style};

}  // namespace sluice::env
