// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
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

[[nodiscard]] bool is_utf8(std::string_view text);

/// How many columns of a terminal the text takes: combining marks none, East Asian wide and emoji two.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

}  // namespace sluice
