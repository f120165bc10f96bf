// SPDX-License-Identifier: Apache-2.0
#include "env/fix.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

/// One fault may only come to light when another is mended; there is an end to it.
constexpr int most_rounds = 4;

constexpr std::string_view rule_of_order = "unordered-key";

std::string
mended_text(std::string text, const gate::RuleSet& wanted, Order order)
{
  for (int round = 0; round < most_rounds; ++round) {
    const std::string before = text;
    for (const Rule* rule : rules()) {
      if (rule->check_style == nullptr || !wanted.applies(rule->meta)
          || (order == Order::kept && rule->meta.id == rule_of_order)) {
        continue;
      }
      if (auto better = mended(text, rule->check_style(text, style_lines(text)))) {
        text = *std::move(better);
      }
    }
    if (text == before) {
      break;
    }
  }
  return text;
}

/// Of what no reader reads nothing shows that an edit changes it.
bool
is_plain_text(const DotenvFile& file)
{
  return std::none_of(file.faults.begin(), file.faults.end(), [](EncodingFault fault) {
    return fault != EncodingFault::byte_order_mark && fault != EncodingFault::carriage_returns;
  });
}

}  // namespace

bool
lies_in(std::string_view path, const std::vector<std::string>& wanted)
{
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [path](const std::string& each) {
           return each.empty() || path == each || (path.starts_with(each) && path.substr(each.size()).starts_with('/'));
         });
}

Result<std::vector<std::string>>
fix_style(const Survey& survey, const gate::RuleSet& rules, Order order, const std::vector<std::string>& wanted,
          const std::filesystem::path& directory)
{
  std::vector<std::string> written;
  for (const DotenvFile& file : survey.files) {
    const std::string& path = file.source.path();
    if (!lies_in(path, wanted) || survey.linked.contains(path) || !is_plain_text(file)) {
      continue;
    }
    std::string better = mended_text(std::string(file.source.text()), rules, order);
    if (better != file.source.text()) {
      if (const auto done = write_file(directory / path, better); !done) {
        const std::string before =
            written.empty() ? "" : fmt::format(" (mended before: {})", printable(join(written, ", ")));
        return fail(done.error().kind, "{}{}", done.error().message, before);
      }
      written.push_back(path);
    }
  }
  return written;
}

}  // namespace sluice::env
