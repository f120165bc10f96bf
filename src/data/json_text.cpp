// SPDX-License-Identifier: Apache-2.0
#include "data/json_text.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "data/data.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

namespace {

/// Takes four hexadecimal digits.
std::optional<char32_t>
take_unit(std::string_view& rest)
{
  char32_t unit = 0;
  if (rest.size() < 4) {
    return std::nullopt;
  }
  for (const char c : rest.substr(0, 4)) {
    const int digit = hex_value(c);
    if (digit < 0) {
      return std::nullopt;
    }
    unit = unit * 16 + static_cast<char32_t>(digit);
  }
  rest.remove_prefix(4);
  return unit;
}

/// Takes what follows `\\u`; half of a pair alone is no character.
std::optional<char32_t>
take_character(std::string_view& rest)
{
  const auto first = take_unit(rest);
  if (!first || *first < 0xD800 || *first >= 0xE000) {
    return first;
  }
  if (*first >= 0xDC00 || !rest.starts_with("\\u")) {
    return std::nullopt;
  }
  rest.remove_prefix(2);
  const auto second = take_unit(rest);
  if (!second || *second < 0xDC00 || *second >= 0xE000) {
    return std::nullopt;
  }
  return 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00);
}

}  // namespace

std::optional<std::string>
json_unescaped(std::string_view rest)
{
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
  std::string text;
  text.reserve(rest.size());
  for (;;) {
    const std::size_t plain = rest.find('\\');
    text += rest.substr(0, plain);
    if (plain == std::string_view::npos) {
      return text;
    }
    rest.remove_prefix(plain + 1);
    const std::size_t letter = rest.empty() ? std::string_view::npos : letters.find(rest.front());
    const bool is_numbered = !rest.empty() && rest.front() == 'u';
    if (letter == std::string_view::npos && !is_numbered) {
      return std::nullopt;
    }
    rest.remove_prefix(1);
    if (!is_numbered) {
      text += characters[letter];
    } else if (const auto character = take_character(rest)) {
      append_utf8(text, *character);
    } else {
      return std::nullopt;
    }
  }
}

bool
is_json_number(std::string_view text)
{
  const auto take = [&text](std::string_view any) {
    const bool fits = !text.empty() && is_any_of(text.front(), any);
    text.remove_prefix(fits ? 1 : 0);
    return fits;
  };
  const auto take_digits = [&text] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count != 0;
  };
  take("-");
  if (!take("0") && !take_digits()) {
    return false;
  }
  if (take(".") && !take_digits()) {
    return false;
  }
  if (take("eE")) {
    take("+-");
    if (!take_digits()) {
      return false;
    }
  }
  return text.empty();
}

JsonError
json_error_of_bytes(std::string_view text)
{
  bool is_in_text = false;
  bool has_control = false;
  bool is_empty = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    is_empty = is_empty && is_any_of(c, " \t\r\n");
    has_control = has_control || (is_in_text && static_cast<unsigned char>(c) < ' ');
    if (c == '"') {
      is_in_text = !is_in_text;
    } else if (c == '\\' && i + 1 < text.size()) {
      // What an escape stands before is no quote, within a text and without.
      has_control = has_control || (is_in_text && static_cast<unsigned char>(text[i + 1]) < ' ');
      ++i;
    }
  }
  if (is_in_text) {
    return JsonError::unclosed;
  }
  if (has_control) {
    return JsonError::text;
  }
  if (is_empty) {
    return JsonError::empty;
  }
  return is_utf8(text) ? JsonError::none : JsonError::encoding;
}

std::string
words_of(JsonError error)
{
  switch (error) {
  case JsonError::depth:
    return fmt::format("nested more than {} levels deep", Data::max_depth);
  case JsonError::size:
    return "too large";
  case JsonError::unclosed:
    return "not JSON: a quoted text is not closed";
  case JsonError::text:
    return "not JSON: a quoted text has a character or an escape that none may have";
  case JsonError::empty:
    return "not JSON: there is nothing in it";
  case JsonError::encoding:
    return "not JSON: it is not UTF-8";
  default:
    return "not JSON: a comma, colon or bracket is missing here, or one is too many";
  }
}

}  // namespace sluice
