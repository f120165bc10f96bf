// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <optional>
#include <string_view>

/// What version orders are made of. Characters are ASCII and locales do not count; numbers have any length and are
/// compared as text.
namespace sluice::deps {

[[nodiscard]] constexpr bool
is_alphanumeric(char character)
{
  return is_digit(character) || is_letter(character);
}

/// Takes the longest start of which every character is so.
template<typename Predicate>
[[nodiscard]] std::string_view
take_while(std::string_view& text, Predicate is_so)
{
  const auto end = std::find_if_not(text.begin(), text.end(), is_so);
  const std::string_view taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(taken.size());
  return taken;
}

/// Without these characters at both ends: what counts as one differs from tool to tool.
[[nodiscard]] inline std::string_view
without_ends(std::string_view text, std::string_view blanks)
{
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

[[nodiscard]] inline std::string_view
take_digits(std::string_view& text)
{
  return take_while(text, is_digit);
}

/// Takes the character from the front if it is there.
[[nodiscard]] inline bool
take(std::string_view& text, char character)
{
  if (!text.starts_with(character)) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// Takes the text up to the separator, and the separator with it; all of it if there is none.
[[nodiscard]] inline std::string_view
take_part(std::string_view& text, char separator)
{
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

[[nodiscard]] inline bool
is_numeric(std::string_view text)
{
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

[[nodiscard]] inline std::string_view
without_leading_zeros(std::string_view digits)
{
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

/// Of two numbers in decimal digits; the empty text is zero.
[[nodiscard]] inline std::weak_ordering
compare_numbers(std::string_view a, std::string_view b)
{
  a = without_leading_zeros(a);
  b = without_leading_zeros(b);
  return a.size() != b.size() ? a.size() <=> b.size() : a.compare(b) <=> 0;
}

/// By unsigned bytes.
[[nodiscard]] inline std::weak_ordering
compare_bytes(std::string_view a, std::string_view b)
{
  return a.compare(b) <=> 0;
}

[[nodiscard]] constexpr std::weak_ordering
reversed(std::weak_ordering order)
{
  return 0 <=> order;
}

/// Words that tools write where a version is not known or not chosen, for schemes whose tool would order any text.
[[nodiscard]] inline bool
is_placeholder(std::string_view text)
{
  constexpr std::array<std::string_view, 9> words{"latest", "release", "head",   "unspecified", "unknown",
                                                  "none",   "null",    "master", "main"};
  return text.size() <= 16 && std::find(words.begin(), words.end(), to_lower(text)) != words.end();
}

/// What compares parses both and then asks for the order: nothing if either is no version.
template<typename Parse, typename Compare>
[[nodiscard]] std::optional<std::weak_ordering>
compare_parsed(std::string_view a, std::string_view b, Parse parse, Compare compare)
{
  const auto left = parse(a);
  if (!left) {
    return std::nullopt;
  }
  const auto right = parse(b);
  return right ? std::optional<std::weak_ordering>(compare(*left, *right)) : std::nullopt;
}

}  // namespace sluice::deps
