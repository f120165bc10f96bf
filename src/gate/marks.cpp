// SPDX-License-Identifier: Apache-2.0
#include "gate/marks.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace sluice::gate {

namespace {

/// What stands before the end of a comment in CSS, HTML, C and templates.
std::string_view
before_comment_end(std::string_view text)
{
  for (const std::string_view end : {"*/", "-->", "#}", "%>"}) {
    text = text.substr(0, text.find(end));
  }
  return trim(text);
}

/// Of any script: bytes beyond ASCII are letters as far as this can tell.
bool
is_letter_or_digit(char c)
{
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

/// The reason in what follows a mark; empty if it says nothing. A mark may stand in a string or between brackets: what
/// comes after their end is code and no reason.
std::string_view
reason_in(std::string_view text)
{
  constexpr std::string_view quotes = "\"'`";
  constexpr std::string_view ends = ")]},;\\";
  const bool is_at_end =
      !text.empty() && (quotes.find(text.front()) != text.npos || ends.find(text.front()) != text.npos);
  const std::string_view reason = before_comment_end(text);
  if (is_at_end || reason.empty() || ends.find(reason.front()) != reason.npos) {
    return {};
  }
  const bool is_quote = quotes.find(reason.front()) != reason.npos;
  if (is_quote && (reason.size() == 1 || !is_letter_or_digit(reason[1]))) {
    return {};
  }
  return std::any_of(reason.begin(), reason.end(), is_letter_or_digit) ? reason : std::string_view();
}

bool
lists_rule(std::string_view list, std::string_view rule_id)
{
  const std::vector<std::string_view> ids = split(list, ',');
  return std::any_of(ids.begin(), ids.end(), [rule_id](std::string_view id) { return trim(id) == rule_id; });
}

InlineAllow
make_allow(std::size_t at, std::string_view reason, MarkOwner owner)
{
  return InlineAllow{.reason = std::string(reason), .where = {0, static_cast<std::uint32_t>(at + 1)}, .owner = owner};
}

std::optional<InlineAllow>
own_mark(std::string_view line, std::string_view mark, std::string_view rule_id)
{
  MarkChoice choice;
  for (std::size_t at = line.find(mark); at != std::string_view::npos; at = line.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    const std::size_t end = line.find(']', begin);
    if (end != std::string_view::npos && lists_rule(line.substr(begin, end - begin), rule_id)) {
      choice.add(make_allow(at, reason_in(line.substr(end + 1)), MarkOwner::sluice));
    }
  }
  return choice.take();
}

/// What the peers understand on the line of the finding; none of them names a rule.
constexpr std::array<std::string_view, 7> peer_marks{
    "gitleaks:allow",           "betterleaks:allow",       "trufflehog:ignore", "kingfisher:ignore",
    "pragma: allowlist secret", "secretlint-disable-line", "nosecret"};

/// What they understand on the line before.
constexpr std::array<std::string_view, 2> peer_next_line_marks{"pragma: allowlist nextline secret",
                                                               "secretlint-disable-next-line"};

bool
is_word(char c)
{
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Where a mark stands as a word of its own: "nosecret" is none in "nosecrets.example.org".
std::optional<std::size_t>
find_mark(std::string_view line, std::string_view mark)
{
  for (std::size_t at = line.find(mark); at != std::string_view::npos; at = line.find(mark, at + 1)) {
    const std::size_t end = at + mark.size();
    if ((at == 0 || !is_word(line[at - 1])) && (end == line.size() || !is_word(line[end]))) {
      return at;
    }
  }
  return std::nullopt;
}

std::optional<InlineAllow>
peer_mark(std::string_view line, std::span<const std::string_view> marks)
{
  for (const std::string_view mark : marks) {
    if (const auto at = find_mark(line, mark)) {
      return make_allow(*at, fmt::format("{} {}", mark, before_comment_end(line.substr(*at + mark.size()))),
                        MarkOwner::peer);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<InlineAllow>
inline_allow(std::string_view line, std::string_view rule_id, PeerMarks peers)
{
  auto own = own_mark(line, "sluice:allow[", rule_id);
  return own || peers == PeerMarks::none ? own : peer_mark(line, peer_marks);
}

std::optional<InlineAllow>
next_line_allow(std::string_view line_before, std::string_view rule_id, PeerMarks peers)
{
  auto allow = own_mark(line_before, "sluice:allow-next-line[", rule_id);
  if (!allow && peers != PeerMarks::none) {
    allow = peer_mark(line_before, peer_next_line_marks);
  }
  if (allow) {
    allow->lines_before = 1;
  }
  return allow;
}

}  // namespace sluice::gate
