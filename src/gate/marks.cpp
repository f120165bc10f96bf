// SPDX-License-Identifier: Apache-2.0
#include "gate/marks.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace sluice::gate {

namespace {

/// Comment ends that follow a reason in CSS, HTML, C and templates.
std::string_view
without_comment_end(std::string_view text)
{
  text = trim(text);
  for (const std::string_view end : {"*/", "-->", "#}", "%>"}) {
    if (text.ends_with(end)) {
      return trim(text.substr(0, text.size() - end.size()));
    }
  }
  return text;
}

bool
lists_rule(std::string_view list, std::string_view rule_id)
{
  const std::vector<std::string_view> ids = split(list, ',');
  return std::any_of(ids.begin(), ids.end(), [rule_id](std::string_view id) { return trim(id) == rule_id; });
}

InlineAllow
make_allow(std::size_t at, std::string_view reason)
{
  return InlineAllow{std::string(without_comment_end(reason)), {0, static_cast<std::uint32_t>(at + 1)}};
}

std::optional<InlineAllow>
own_mark(std::string_view line, std::string_view rule_id)
{
  constexpr std::string_view mark = "sluice:allow[";
  for (std::size_t at = line.find(mark); at != std::string_view::npos; at = line.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    const std::size_t end = line.find(']', begin);
    if (end != std::string_view::npos && lists_rule(line.substr(begin, end - begin), rule_id)) {
      return make_allow(at, line.substr(end + 1));
    }
  }
  return std::nullopt;
}

/// What the peers understand on the line of the finding; none of them names a rule.
constexpr std::array<std::string_view, 7> peer_marks{
    "gitleaks:allow",           "betterleaks:allow",       "trufflehog:ignore", "kingfisher:ignore",
    "pragma: allowlist secret", "secretlint-disable-line", "nosecret"};

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

}  // namespace

std::optional<InlineAllow>
inline_allow(std::string_view line, std::string_view rule_id, PeerMarks peers)
{
  if (auto own = own_mark(line, rule_id)) {
    return own;
  }
  if (peers == PeerMarks::none) {
    return std::nullopt;
  }
  for (const std::string_view mark : peer_marks) {
    if (const auto at = find_mark(line, mark)) {
      return make_allow(*at, fmt::format("{} {}", mark, line.substr(*at + mark.size())));
    }
  }
  return std::nullopt;
}

}  // namespace sluice::gate
