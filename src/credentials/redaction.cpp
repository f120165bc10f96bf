// SPDX-License-Identifier: Apache-2.0
#include "credentials/redaction.hpp"

#include "base/text.hpp"
#include "credentials/stand_in.hpp"
#include "credentials/strength.hpp"

#include <algorithm>

namespace sluice::credentials {

namespace {

constexpr std::size_t max_side = 200;
constexpr std::string_view ellipsis_mark = "…";

Span
line_of(std::string_view content, Span secret)
{
  const std::size_t left = secret.begin - std::min(secret.begin, max_side);
  const std::size_t right = std::min(content.size(), secret.end + max_side);
  const std::size_t before = content.substr(left, secret.begin - left).rfind('\n');
  const std::size_t after = content.substr(0, right).find('\n', secret.begin);
  return {before == std::string_view::npos ? left : left + before + 1, std::min(after, right)};
}

/// The part of a piece of the text that lies on the line, counted from the line's beginning.
Span
within(Span line, Span piece)
{
  return {std::clamp(piece.begin, line.begin, line.end) - line.begin,
          std::clamp(piece.end, line.begin, line.end) - line.begin};
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

RedactedLine
redacted_line(std::string_view content, Span secret, const Matches& matches, std::span<const Rule> rules)
{
  Span line = line_of(content, secret);
  while (line.begin < secret.begin && line.begin > 0 && is_continuation(content[line.begin])) {
    ++line.begin;  // do not begin in the middle of a character
  }
  const bool is_cut_before = line.begin > 0 && content[line.begin - 1] != '\n';
  bool is_cut_behind = line.end < content.size() && content[line.end] != '\n';
  // No match is longer than 8 KiB (rule_file.cpp), so what begins before that cannot reach the line.
  constexpr std::size_t max_match = 8192;
  auto concealed =
      std::lower_bound(matches.concealed.begin(), matches.concealed.end(), line.begin - std::min(line.begin, max_match),
                       [](const Concealed& each, std::size_t offset) { return each.secret.begin < offset; });
  std::vector<Hidden> hidden;
  for (; concealed != matches.concealed.end() && concealed->secret.begin < line.end; ++concealed) {
    const Span whole = concealed->secret;
    if (whole.end > line.begin) {
      // Of one that began before the cut nothing is shown at all.
      hidden.push_back({within(line, whole), whole.begin < line.begin
                                                 ? std::string()
                                                 : redacted(rules[concealed->rule], whole.of(content))});
      is_cut_behind = is_cut_behind && whole.end <= line.end;
    }
  }
  RedactedLine shown{"", within(line, secret)};
  shown.text = replaced(line.of(content), std::move(hidden), shown.secret);
  while (shown.text.ends_with('\r') || shown.text.ends_with('\n')) {
    shown.text.pop_back();
  }
  if (is_cut_before) {
    shown.text.insert(0, ellipsis_mark);
    shown.secret = {shown.secret.begin + ellipsis_mark.size(), shown.secret.end + ellipsis_mark.size()};
  }
  shown.text += is_cut_behind ? ellipsis_mark : "";
  return shown;
}

}  // namespace sluice::credentials
