// SPDX-License-Identifier: Apache-2.0
#include "credentials/redaction.hpp"

#include "base/text.hpp"
#include "credentials/strength.hpp"

#include <algorithm>

namespace sluice::credentials {

namespace {

constexpr std::size_t max_side = 200;

Span
line_of(std::string_view content, Span secret)
{
  const std::size_t left = secret.begin - std::min(secret.begin, max_side);
  const std::size_t right = std::min(content.size(), secret.end + max_side);
  const std::size_t before = content.substr(left, secret.begin - left).rfind('\n');
  const std::size_t after = content.substr(0, right).find('\n', secret.begin);
  return {before == std::string_view::npos ? left : left + before + 1, std::min(after, right)};
}

bool
is_continuation(char c)
{
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

}  // namespace

std::string
redacted(const Rule& rule, std::string_view secret)
{
  std::size_t shown = 0;
  if (!rule.prefix.empty() && secret.starts_with(rule.prefix)) {
    const std::size_t own = is_weak(secret.substr(rule.prefix.size())) ? 0 : 2;
    shown = std::min(rule.prefix.size() + own, secret.size() / 4);
  }
  return fmt::format("{}…({})", secret.substr(0, shown), length_text(secret));
}

std::string
redacted_line(std::string_view content, Span secret, const Matches& matches, std::span<const Rule> rules)
{
  Span line = line_of(content, secret);
  while (line.begin < secret.begin && line.begin > 0 && is_continuation(content[line.begin])) {
    ++line.begin;  // do not begin in the middle of a character
  }
  const bool cut_left = line.begin > 0 && content[line.begin - 1] != '\n';
  const bool cut_right = line.end < content.size() && content[line.end] != '\n';
  std::string text = cut_left ? "…" : "";
  std::size_t done = line.begin;
  // No match is longer than 8 KiB (rule_file.cpp), so what begins before that cannot reach the line.
  constexpr std::size_t max_match = 8192;
  auto concealed =
      std::lower_bound(matches.concealed.begin(), matches.concealed.end(), line.begin - std::min(line.begin, max_match),
                       [](const Concealed& each, std::size_t offset) { return each.secret.begin < offset; });
  for (; concealed != matches.concealed.end() && concealed->secret.begin < line.end; ++concealed) {
    if (concealed->secret.end <= done) {
      continue;
    }
    if (concealed->secret.begin >= done) {
      text += content.substr(done, concealed->secret.begin - done);
      text += redacted(rules[concealed->rule], concealed->secret.of(content));
    }
    done = concealed->secret.end;  // the rest of an overlapping one, or of one that began before the cut, goes unseen
  }
  if (done < line.end) {
    text += content.substr(done, line.end - done);
  }
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n')) {
    text.pop_back();
  }
  return text + (cut_right && done <= line.end ? "…" : "");
}

}  // namespace sluice::credentials
