// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

struct DecodedCharacter
{
  std::optional<char32_t> character;  ///< nothing: these bytes are not UTF-8
  std::size_t length = 0;             ///< bytes taken, at least 1
};

/// Decodes the first character of a text that is not empty. Overlong forms, surrogates and values over U+10FFFF
/// are not UTF-8 (RFC 3629); of bytes that are not, one is taken.
[[nodiscard]] DecodedCharacter decode_utf8(std::string_view text);

/// Adds the character; it must be one (at most U+10FFFF, no surrogate).
void append_utf8(std::string& text, char32_t character);

[[nodiscard]] bool is_utf8(std::string_view text);

/// What a character is by its general category (Unicode Standard, 4.5).
enum class CharacterClass {
  uppercase,     ///< Lu
  lowercase,     ///< Ll
  other_letter,  ///< Lt, Lm, Lo
  mark,          ///< M
  number,        ///< N
  other,
};
[[nodiscard]] CharacterClass class_of(char32_t character);

/// What a person takes for one character: a letter with its accents, a flag of two letters, a family of emoji that
/// joiners hold together.
struct Cluster
{
  std::size_t length = 0;  ///< bytes, at least 1
  std::size_t width = 0;   ///< columns of a terminal, 0 to 2
};

/// The extended grapheme cluster (Unicode Standard Annex #29) at the front of a text that is not empty. A byte that is
/// not UTF-8 is a cluster of its own, one column wide, as the U+FFFD is that is shown for it.
[[nodiscard]] Cluster first_cluster(std::string_view text);

/// How many columns of a terminal the text takes: combining marks none, East Asian wide characters and emoji two.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace sluice
