// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice {

namespace {

struct Lead
{
  std::size_t length;
  char32_t bits;
  char32_t least;  ///< smaller values are overlong
};

Lead
lead_of(unsigned char byte)
{
  if (byte < 0x80) {
    return {1, byte, 0};
  }
  if ((byte & 0xE0U) == 0xC0U) {
    return {2, byte & 0x1FU, 0x80};
  }
  if ((byte & 0xF0U) == 0xE0U) {
    return {3, byte & 0x0FU, 0x800};
  }
  if ((byte & 0xF8U) == 0xF0U) {
    return {4, byte & 0x07U, 0x10000};
  }
  return {0, 0, 0};
}

constexpr std::array<std::pair<char32_t, char32_t>, 5> combining{
    {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x1AB0, 0x1AFF}, {0x20D0, 0x20FF}}};

constexpr std::array<std::pair<char32_t, char32_t>, 8> wide{{{0x1100, 0x115F},
                                                             {0x2E80, 0xA4CF},
                                                             {0xAC00, 0xD7A3},
                                                             {0xF900, 0xFAFF},
                                                             {0xFE30, 0xFE6F},
                                                             {0xFF00, 0xFF60},
                                                             {0x1F300, 0x1F9FF},
                                                             {0x20000, 0x3FFFD}}};

template<std::size_t N>
bool
is_in(char32_t c, const std::array<std::pair<char32_t, char32_t>, N>& ranges)
{
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const auto& range) { return c >= range.first && c <= range.second; });
}

}  // namespace

DecodedCharacter
decode_utf8(std::string_view text)
{
  const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
  if (lead.length == 0 || lead.length > text.size()) {
    return {std::nullopt, 1};
  }
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) {
      return {std::nullopt, 1};
    }
    value = (value << 6U) | (byte & 0x3FU);
  }
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < lead.least || is_surrogate || value > 0x10FFFF) {
    return {std::nullopt, 1};
  }
  return {value, lead.length};
}

bool
is_utf8(std::string_view text)
{
  while (!text.empty()) {
    const auto [character, length] = decode_utf8(text);
    if (!character) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

std::size_t
display_width(std::string_view utf8)
{
  std::size_t width = 0;
  while (!utf8.empty()) {
    const auto [character, length] = decode_utf8(utf8);
    const char32_t c = character.value_or(0xFFFD);
    width += is_in(c, combining) ? 0U : (is_in(c, wide) ? 2U : 1U);
    utf8.remove_prefix(length);
  }
  return width;
}

}  // namespace sluice
