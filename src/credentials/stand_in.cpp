// SPDX-License-Identifier: Apache-2.0
#include "credentials/stand_in.hpp"

#include "credentials/strength.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::credentials {

namespace {

constexpr std::string_view opening = "…(";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view smalls = "abcdefghijklmnopqrstuvwxyz";

/// Bytes of how a length is told at the front of a text; 0 if none is.
std::size_t
length_words(std::string_view text)
{
  for (const std::string_view words : {"fewer than 8", "8 to 15", "16 to 31", "32 or more"}) {
    if (text.starts_with(words)) {
      return words.size();
    }
  }
  constexpr std::size_t most_digits = 9;
  const std::size_t length = std::min(text.find_first_not_of("0123456789,"), text.size());
  return length <= most_digits ? length : 0;
}

/// Bytes of the mark at the front of a text; 0 if there is none.
std::size_t
mark_length(std::string_view text)
{
  const std::size_t words = length_words(text.substr(opening.size()));
  const std::string_view rest = text.substr(opening.size() + words);
  for (const std::string_view unit : {" characters)", " character)"}) {
    if (words != 0 && rest.starts_with(unit)) {
      return opening.size() + words + unit.size();
    }
  }
  return 0;
}

bool
is_made_of(std::string_view text, std::string_view first, std::string_view others)
{
  const auto is_other = [&](char c) {
    return first.find(c) != std::string_view::npos || others.find(c) != std::string_view::npos;
  };
  return !text.empty() && first.find(text.front()) != std::string_view::npos
         && std::all_of(text.begin(), text.end(), is_other);
}

/// A name in braces has no other form, so it may have any letters; behind a bare sign a password may stand as well
/// (`$ecret`), which people write in small letters.
bool
is_variable(std::string_view value)
{
  static const std::string letters = fmt::format("{}{}_", capitals, smalls);
  static const std::string names = fmt::format("{}{}.-", letters, digits);
  static const std::string capital_names = fmt::format("{}_", capitals);
  if (value.starts_with("${{") && value.ends_with("}}")) {
    value.remove_prefix(1);
  }
  if (value.starts_with("{{") && value.ends_with("}}") && value.size() > 4) {
    const std::string_view inner = value.substr(2, value.size() - 4);
    return is_made_of(inner, letters + " .-$", names + "|()[]");
  }
  if (value.starts_with("${") && value.ends_with('}')) {
    return is_made_of(value.substr(2, value.size() - 3), letters, names);
  }
  if (!value.starts_with('$')) {
    return false;
  }
  constexpr std::size_t positional = 2;
  value.remove_prefix(1);
  return is_made_of(value, capital_names, digits) || (value.size() <= positional && is_made_of(value, digits, digits));
}

}  // namespace

std::string
replaced(std::string_view text, std::vector<Hidden> hidden, Span& piece)
{
  std::stable_sort(hidden.begin(), hidden.end(),
                   [](const Hidden& a, const Hidden& b) { return a.where.begin < b.where.begin; });
  std::string result;
  Span moved = piece;
  std::size_t done = 0;
  const auto copy_until = [&](std::size_t end) {
    const auto move = [&](std::size_t from, std::size_t& to) {
      to = from >= done && from <= end ? result.size() + from - done : to;
    };
    move(piece.begin, moved.begin);
    move(piece.end, moved.end);
    result += text.substr(done, end - done);
  };
  for (auto each = hidden.begin(); each != hidden.end();) {
    const std::string& shown = each->shown;
    Span whole = each->where;
    while (++each != hidden.end() && each->where.begin < whole.end) {
      whole.end = std::max(whole.end, each->where.end);
    }
    copy_until(whole.begin);
    if (piece.begin >= whole.begin && piece.begin < whole.end) {
      moved.begin = result.size();
    }
    result += shown;
    if (piece.end > whole.begin && piece.end <= whole.end) {
      moved.end = result.size();
    }
    done = whole.end;
  }
  copy_until(text.size());
  piece = {moved.begin, std::max(moved.begin, moved.end)};
  return result;
}

std::string
mark_of(std::string_view value)
{
  return fmt::format("…({})", length_text(value));
}

std::vector<Span>
marks_in(std::string_view text)
{
  std::vector<Span> marks;
  for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 1)) {
    if (const std::size_t length = mark_length(text.substr(at)); length != 0) {
      marks.push_back({at, at + length});
    }
  }
  return marks;
}

bool
is_stand_in(std::string_view value)
{
  // Masked by somebody who left its beginning: so few characters tell nothing.
  constexpr std::size_t most_left = 4;
  const std::size_t masked = std::min(value.find('*'), value.size());
  const bool is_masked = masked <= most_left && value.find_first_not_of('*', masked) == std::string_view::npos
                         && value.size() >= 2 * masked;
  return is_masked || is_variable(value);
}

Unmarked::Unmarked(std::string_view text, std::span<const Span> marks)
    : marks_(marks)
{
  std::size_t done = 0;
  for (const Span mark : marks) {
    text_ += text.substr(done, mark.begin - done);
    cuts_.push_back(text_.size());
    done = mark.end;
  }
  text_ += text.substr(done);
}

bool
Unmarked::touches_mark(Span piece) const
{
  const auto cut = std::lower_bound(cuts_.begin(), cuts_.end(), piece.begin);
  return cut != cuts_.end() && *cut <= piece.end;
}

/// Behind the marks that were at this offset.
std::size_t
Unmarked::original(std::size_t offset) const
{
  const auto next = std::upper_bound(cuts_.begin(), cuts_.end(), offset);
  if (next == cuts_.begin()) {
    return offset;
  }
  const auto last = static_cast<std::size_t>(next - cuts_.begin()) - 1;
  return marks_[last].end + (offset - cuts_[last]);
}

Span
Unmarked::original(Span piece) const
{
  return {original(piece.begin), piece.size() == 0 ? original(piece.begin) : original(piece.end - 1) + 1};
}

}  // namespace sluice::credentials
