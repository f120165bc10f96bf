// SPDX-License-Identifier: Apache-2.0
#include "env/spaces.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr char32_t first_beyond_ascii = 0x80;
constexpr std::size_t longest_space = 3;

bool
is_ascii_space(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// What no list leaves out beyond ASCII: the category Zs and both separators.
bool
is_wide_space(char32_t c)
{
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F
         || c == 0x205F || c == 0x3000;
}

bool
is_space(char32_t c, Spaces spaces)
{
  switch (spaces) {
  case Spaces::ascii:
    return false;
  case Spaces::javascript:
    return is_wide_space(c) || c == 0xFEFF;
  case Spaces::python:
  case Spaces::go:
    return is_wide_space(c) || c == 0x85;
  }
  return false;
}

}  // namespace

std::size_t
space_at(std::string_view text, std::size_t at, Spaces spaces)
{
  if (at >= text.size()) {
    return 0;
  }
  const char c = text[at];
  if (static_cast<unsigned char>(c) < first_beyond_ascii) {
    const bool is_separator = spaces == Spaces::python && c >= '\x1C' && c <= '\x1F';
    return is_ascii_space(c) || is_separator ? 1 : 0;
  }
  const DecodedCharacter decoded = decode_utf8(text.substr(at));
  return decoded.character && is_space(*decoded.character, spaces) ? decoded.length : 0;
}

std::size_t
skip_spaces(std::string_view text, std::size_t at, Spaces spaces)
{
  while (const std::size_t length = space_at(text, at, spaces)) {
    at += length;
  }
  return at;
}

Span
trimmed_end(std::string_view text, Span span, Spaces spaces)
{
  const auto last_space = [&]() -> std::size_t {
    for (std::size_t length = 1; length <= std::min(longest_space, span.size()); ++length) {
      if (space_at(text.substr(0, span.end), span.end - length, spaces) == length) {
        return length;
      }
    }
    return 0;
  };
  while (const std::size_t length = last_space()) {
    span.end -= length;
  }
  return span;
}

Span
trimmed(std::string_view text, Span span, Spaces spaces)
{
  span.begin = skip_spaces(text.substr(0, span.end), span.begin, spaces);
  return trimmed_end(text, span, spaces);
}

std::size_t
line_end_at(std::string_view text, std::size_t at)
{
  if (at >= text.size() || (text[at] != '\n' && text[at] != '\r')) {
    return 0;
  }
  return text.substr(at).starts_with("\r\n") ? 2 : 1;
}

std::size_t
find_line_end(std::string_view text, std::size_t at)
{
  return std::min(text.find_first_of("\r\n", at), text.size());
}

}  // namespace sluice::env
