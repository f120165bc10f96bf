// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utf8proc.h>

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

bool
is_ascii_graphic(char c)
{
  return c >= ' ' && c <= '~';
}

/// The widest of a cluster's characters decides; two flags' letters, and an emoji that is told to be one, make two.
class ClusterWidth
{
public:
  void
  add(utf8proc_int32_t c)
  {
    constexpr utf8proc_int32_t emoji_presentation = 0xFE0F;
    const utf8proc_property_t* property = utf8proc_get_property(c);
    const bool is_flag_letter = property->boundclass == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR;
    flag_letters_ += is_flag_letter ? 1U : 0U;
    is_emoji_ = is_emoji_ || (c == emoji_presentation && is_pictographic_);
    is_pictographic_ = property->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
    width_ = std::max(width_, static_cast<std::size_t>(std::max(0, utf8proc_charwidth(c))));
  }

  [[nodiscard]] std::size_t
  columns() const
  {
    return is_emoji_ || flag_letters_ == 2 ? 2 : std::min<std::size_t>(width_, 2);
  }

private:
  std::size_t width_ = 0;
  std::size_t flag_letters_ = 0;
  bool is_pictographic_ = false;
  bool is_emoji_ = false;
};

/// Whether there are so many words of eight bytes, and all are ASCII.
template<std::size_t Words>
bool
begins_in_ascii(std::string_view text)
{
  if (text.size() < Words * sizeof(std::uint64_t)) {
    return false;
  }
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < Words; ++i) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i * sizeof word, sizeof word);
    all |= word;
  }
  return (all & 0x8080808080808080U) == 0;
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

void
append_utf8(std::string& text, char32_t character)
{
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((character >> shift) & 0x3FU)); };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0U | (character >> 6U));
    tail(0);
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0U | (character >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (character >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool
is_utf8(std::string_view text)
{
  while (!text.empty()) {
    // Most texts are ASCII: many bytes at once, then some.
    if (begins_in_ascii<16>(text)) {
      text.remove_prefix(16 * sizeof(std::uint64_t));
      continue;
    }
    if (begins_in_ascii<1>(text)) {
      text.remove_prefix(sizeof(std::uint64_t));
      continue;
    }
    const auto [character, length] = decode_utf8(text);
    if (!character) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

CharacterClass
class_of(char32_t character)
{
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
  case UTF8PROC_CATEGORY_LU:
    return CharacterClass::uppercase;
  case UTF8PROC_CATEGORY_LL:
    return CharacterClass::lowercase;
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
    return CharacterClass::other_letter;
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ME:
    return CharacterClass::mark;
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_NL:
  case UTF8PROC_CATEGORY_NO:
    return CharacterClass::number;
  default:
    return CharacterClass::other;
  }
}

Cluster
first_cluster(std::string_view text)
{
  // Between two of them is always a break.
  if (is_ascii_graphic(text.front()) && (text.size() == 1 || is_ascii_graphic(text[1]))) {
    return {1, 1};
  }
  const auto [first, first_length] = decode_utf8(text);
  if (!first) {
    return {first_length, 1};
  }
  ClusterWidth width;
  auto before = static_cast<utf8proc_int32_t>(*first);
  width.add(before);
  std::size_t length = first_length;
  utf8proc_int32_t state = 0;
  while (length < text.size()) {
    const auto [next, next_length] = decode_utf8(text.substr(length));
    if (!next || utf8proc_grapheme_break_stateful(before, static_cast<utf8proc_int32_t>(*next), &state)) {
      break;
    }
    before = static_cast<utf8proc_int32_t>(*next);
    width.add(before);
    length += next_length;
  }
  return {length, width.columns()};
}

std::size_t
display_width(std::string_view text)
{
  std::size_t width = 0;
  while (!text.empty()) {
    const Cluster cluster = first_cluster(text);
    width += cluster.width;
    text.remove_prefix(cluster.length);
  }
  return width;
}

}  // namespace sluice
