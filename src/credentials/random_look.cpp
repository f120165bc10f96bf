// SPDX-License-Identifier: Apache-2.0
//
// What looks as if nobody had made it up? In words, dates, versions and paths the kind of character changes where a
// part begins; where a machine threw dice it changes all the time, and what it threw from letters alone cannot be said.
//
// Names that programs give (getUserById2, orders_4f3a9b2c_fk, ISO8859ToWindows1252) change often as well. Where nothing
// but the look speaks for a secret it therefore takes a longer part without a separator, one that falls into more
// pieces than a name does, or cannot be said, or is as strong as its alphabet allows.
#include "credentials/random_look.hpp"

#include "base/text.hpp"
#include "credentials/strength.hpp"

#include <algorithm>

namespace sluice::credentials {

namespace {

/// What its letters and digits look like.
struct Look
{
  std::size_t pairs = 0;    ///< neighbours that are letters or digits
  std::size_t changes = 0;  ///< of these, those of different kinds
  std::size_t letters = 0;
  std::size_t vowels = 0;
  std::size_t consonants = 0;  ///< most in a row
  bool has_digit = false;
};

Look
look_of(std::string_view value)
{
  const auto kind = [value](std::size_t at) {
    const char c = value[at];
    // The digits of %3A are none of the value's.
    const bool is_escape = (at >= 1 && value[at - 1] == '%') || (at >= 2 && value[at - 2] == '%');
    return is_escape ? 0 : is_digit(c) ? 1 : is_lower(c) ? 2 : is_letter(c) ? 3 : 0;
  };
  Look look;
  int before = 0;
  std::size_t in_a_row = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const int here = kind(at);
    const bool is_vowel = is_any_of(value[at], "aeiouyAEIOUY");
    look.pairs += before != 0 && here != 0 ? 1 : 0;
    look.changes += before != 0 && here != 0 && before != here ? 1 : 0;
    look.letters += here > 1 ? 1 : 0;
    look.vowels += here > 1 && is_vowel ? 1 : 0;
    look.has_digit = look.has_digit || is_digit(value[at]);
    in_a_row = here > 1 && !is_vowel ? in_a_row + 1 : 0;
    look.consonants = std::max(look.consonants, in_a_row);
    before = here;
  }
  return look;
}

/// How many words and numbers it would be if it was a name: a capital begins one with the small letters behind it.
std::size_t
humps(std::string_view name)
{
  std::size_t count = 0;
  for (std::size_t at = 0; at < name.size(); ++count) {
    const auto skip = [&name, &at](auto is) {
      const std::size_t begin = at;
      while (at < name.size() && is(name[at])) {
        ++at;
      }
      return at - begin;
    };
    const auto is_capital = [](char c) { return is_letter(c) && !is_lower(c); };
    const std::size_t capitals = skip(is_capital);
    if ((capitals <= 1 && skip(is_lower) + capitals != 0) || capitals > 1) {
      continue;
    }
    at += skip(is_digit) == 0 ? 1 : 0;
  }
  return count;
}

/// Whether letters and digits look random without any place that says so.
bool
is_random_part(std::string_view part)
{
  constexpr std::size_t shortest = 16;
  if (part.size() < shortest || !is_random(part)) {
    return false;
  }
  const Look look = look_of(part);
  constexpr std::size_t strong_per_ten = 51;
  return humps(part) * 13 >= part.size() * 5 || (look.has_digit && look.vowels * 4 < look.letters)
         || strength_bits_v1(part) * 10 >= part.size() * strong_per_ten;
}

}  // namespace

bool
is_random(std::string_view value)
{
  constexpr std::size_t shortest = 8;
  constexpr std::size_t clearly_long = 12;
  if (value.size() < shortest) {
    return false;
  }
  value = value.substr(0, most_looked_at);
  const Look look = look_of(value);
  const bool is_mixed = look.changes * 10 >= look.pairs * 3;
  if (look.has_digit && look.letters != 0 && value.size() >= clearly_long) {
    return look.changes >= 4 && is_mixed;
  }
  constexpr std::size_t most_estimated = 64;
  constexpr std::uint32_t strong = 45;
  if (strength_bits_v1(value.substr(0, most_estimated)) < strong) {
    return false;
  }
  if (look.has_digit) {
    return look.letters != 0 && look.changes >= 3 && is_mixed;
  }
  const bool is_one_word = look.letters == value.size();
  const bool is_unsayable = look.vowels * 3 < look.letters;
  return (look.changes >= 4 && is_mixed && is_unsayable)
         || (is_one_word && look.letters >= 10 && (look.vowels * 5 < look.letters || look.consonants > 5));
}

Span
random_piece(std::string_view word)
{
  constexpr std::size_t most_estimated = 64;
  const std::string_view looked_at = word.substr(0, most_estimated);
  const auto is_part = [](char c) { return is_letter(c) || is_digit(c); };
  for (std::size_t at = 0; at < looked_at.size(); ++at) {
    std::size_t end = at;
    while (end < looked_at.size() && is_part(looked_at[end])) {
      ++end;
    }
    if (is_random_part(looked_at.substr(at, end - at))) {
      const std::size_t before = word.substr(0, at).find_last_of("/.");
      return {before == std::string_view::npos ? 0 : before + 1, std::min(word.find_first_of("/.", end), word.size())};
    }
    at = end;
  }
  // In base 64 a slash is as likely as any letter.
  constexpr std::size_t shortest_whole = 24;
  constexpr std::size_t strong_per_ten = 56;
  const bool is_random_whole = word.size() >= shortest_whole && is_random(looked_at)
                               && strength_bits_v1(looked_at) * 10 >= looked_at.size() * strong_per_ten;
  return is_random_whole ? Span{0, word.size()} : Span{};
}

}  // namespace sluice::credentials
