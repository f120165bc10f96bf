// SPDX-License-Identifier: Apache-2.0
//
// How strong is a value that nobody may be told? Its length times the size of its alphabet says 92 bits of
// "Summer2024Summer", which is in every list of passwords. A dictionary would know better, but it would be large, and
// every new edition would change fingerprints. What people do to make secrets is the same in all languages and years:
// words (also "w0rd$"), dates, rows of digits, the same again. Such a piece is counted as one choice, whatever its
// length; only what is left is counted by the alphabet. Random values lose a few bits by it, since some of their pieces
// look like words, which costs a token of forty characters nothing that matters here.
//
// All numbers are hundredths of a bit, so that every machine comes to the same result.
#include "credentials/strength.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace sluice::credentials {

namespace {

constexpr std::uint32_t hundredths = 100;
constexpr std::uint32_t hexadecimal_cost = 400;
constexpr std::uint32_t most_bits = 256;
constexpr std::size_t most_looked_at = 512;
constexpr std::size_t shortest_word = 5;
constexpr std::size_t shortest_row = 3;

/// Of one character, by what kinds of them the value has: digits, lower case, upper case, others.
std::uint32_t
character_cost(std::string_view value)
{
  const auto has = [value](auto is) { return std::any_of(value.begin(), value.end(), is); };
  const auto is_hex = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  const bool lower = has(is_lower);
  const bool upper = has(is_upper);
  if (std::all_of(value.begin(), value.end(), is_hex) && !(lower && upper) && (lower || upper)) {
    return hexadecimal_cost;
  }
  const bool other = has([](char c) { return !is_digit(c) && !is_lower(c) && !is_upper(c); });
  // log2 of 10, 26, 52, … characters, and of 33 more: those that a keyboard has beside letters and digits.
  constexpr std::array<std::uint32_t, 16> costs{0,   332, 470, 517, 470, 517, 570, 595,
                                                504, 543, 588, 611, 588, 611, 641, 657};
  return costs.at((has(is_digit) ? 1U : 0U) + (lower ? 2U : 0U) + (upper ? 4U : 0U) + (other ? 8U : 0U));
}

/// How far the text from `at` on is a copy of what stands before.
std::size_t
repeated(std::string_view value, std::size_t at)
{
  std::size_t longest = 0;
  for (std::size_t from = 0; from < at; ++from) {
    std::size_t length = 0;
    while (at + length < value.size() && value[from + length] == value[at + length]) {
      ++length;
    }
    longest = std::max(longest, length);
  }
  return longest;
}

/// How far it goes up or down by one or stays: 1234, fedc, aaaa.
std::size_t
row(std::string_view value, std::size_t at)
{
  if (at + 1 >= value.size()) {
    return 1;
  }
  const int step = value[at + 1] - value[at];
  std::size_t length = 2;
  while (step >= -1 && step <= 1 && at + length < value.size() && value[at + length] - value[at + length - 1] == step) {
    ++length;
  }
  return step >= -1 && step <= 1 ? length : 1;
}

/// What people write for a letter: "P4$$w0rd". A 1 is an i or an l.
char
meant_letter(char c, char one)
{
  constexpr std::string_view written = "03457@$!";
  constexpr std::string_view meant = "oeastasi";
  const std::size_t at = written.find(c);
  return c == '1' ? one : at == std::string_view::npos ? c : meant[at];
}

bool
is_disguised(char c)
{
  return meant_letter(c, 'i') != c;
}

/// Letters of one case, the first of which may be a capital. With `Letters::disguised` what stands for one counts too.
enum class Letters { plain, disguised };

std::size_t
word(std::string_view value, std::size_t at, Letters letters)
{
  const auto length_of = [value, letters](std::size_t from, auto is) {
    std::size_t end = from;
    while (end < value.size() && (is(value[end]) || (letters == Letters::disguised && is_disguised(value[end])))) {
      ++end;
    }
    return end - from;
  };
  const std::size_t capitals = length_of(at, is_upper);
  const std::size_t smalls = is_upper(value[at]) ? 1 + length_of(at + 1, is_lower) : length_of(at, is_lower);
  return std::max(capitals, smalls);
}

/// Whether people can say it, more or less: of random letters few can be.
bool
is_sayable(std::string_view letters)
{
  constexpr std::size_t most_consonants = 3;
  std::size_t vowels = 0;
  std::size_t consonants = 0;
  for (const char c : letters) {
    const bool is_vowel = std::string_view("aeiouyAEIOUY").find(c) != std::string_view::npos;
    vowels += is_vowel ? 1 : 0;
    consonants = is_vowel ? 0 : consonants + 1;
    if (consonants > most_consonants) {
      return false;
    }
  }
  return vowels * 4 >= letters.size();
}

/// Whether it is a word under its disguise, and more than a number with a letter or two.
bool
is_disguised_word(std::string_view written)
{
  const auto disguised = static_cast<std::size_t>(std::count_if(written.begin(), written.end(), is_disguised));
  const auto is_sayable_with = [written](char one) {
    std::string letters(written);
    std::transform(letters.begin(), letters.end(), letters.begin(), [one](char c) { return meant_letter(c, one); });
    return is_sayable(letters);
  };
  return (written.size() - disguised) * 2 >= disguised && (is_sayable_with('i') || is_sayable_with('l'));
}

struct Piece
{
  std::size_t length = 1;
  std::uint32_t cost = 0;
};

std::optional<Piece>
word_at(std::string_view value, std::size_t at, std::uint32_t per_character)
{
  const auto cost_of = [per_character](std::size_t length, std::size_t disguised) {
    const auto letters = static_cast<std::uint32_t>(length);
    return std::min(per_character * letters, 300 + 200 * letters + hundredths * static_cast<std::uint32_t>(disguised));
  };
  // In hexadecimal digits nearly everything looks like a disguise.
  const std::size_t written = per_character == hexadecimal_cost ? 0 : word(value, at, Letters::disguised);
  const std::size_t plain = word(value, at, Letters::plain);
  if (written > plain && written >= shortest_word && is_disguised_word(value.substr(at, written))) {
    const std::string_view piece = value.substr(at, written);
    return Piece{written, cost_of(written, std::count_if(piece.begin(), piece.end(), is_disguised))};
  }
  if (plain >= shortest_word && is_sayable(value.substr(at, plain))) {
    return Piece{plain, cost_of(plain, 0)};
  }
  return std::nullopt;
}

/// A year or another number is made of digits, whatever else the value is made of.
Piece
digits_at(std::string_view value, std::size_t at, std::uint32_t per_character)
{
  const std::size_t end = std::min(value.find_first_not_of("0123456789", at), value.size());
  const std::size_t length = end - std::min(at, end);
  if (length < shortest_row) {
    return {1, per_character};
  }
  constexpr std::uint32_t per_digit = 332;
  return {length, std::min(per_character, per_digit) * static_cast<std::uint32_t>(length)};
}

Piece
piece_at(std::string_view value, std::size_t at, std::uint32_t per_character)
{
  if (const std::size_t length = repeated(value, at); length >= shortest_row) {
    return {length, 200 + hundredths * static_cast<std::uint32_t>(std::bit_width(at))};
  }
  if (const std::size_t length = row(value, at); length >= shortest_row) {
    return {length, per_character + 300};
  }
  return word_at(value, at, per_character).value_or(digits_at(value, at, per_character));
}

}  // namespace

std::uint32_t
strength_bits_v1(std::string_view value)
{
  value = value.substr(0, most_looked_at);
  const std::uint32_t per_character = character_cost(value);
  std::uint32_t cost = 0;
  for (std::size_t at = 0; at < value.size() && cost < most_bits * hundredths;) {
    const Piece piece = piece_at(value, at, per_character);
    cost += piece.cost;
    at += piece.length;
  }
  return std::min(cost / hundredths, most_bits);
}

std::string
length_text(std::string_view value)
{
  if (!is_weak(value)) {
    return counted(value.size(), "character", "characters");
  }
  if (value.size() < 8) {
    return "fewer than 8 characters";
  }
  if (value.size() < 16) {
    return "8 to 15 characters";
  }
  return value.size() < 32 ? "16 to 31 characters" : "32 or more characters";
}

}  // namespace sluice::credentials
