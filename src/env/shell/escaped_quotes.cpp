// SPDX-License-Identifier: Apache-2.0
#include "env/shell/escaped_quotes.hpp"

#include "base/hash.hpp"
#include "base/utf8.hpp"

#include <cstddef>
#include <cstdint>

namespace sluice::env::shell {

namespace {

/// Digits of a base at the front of a text, at most so many.
struct Number
{
  std::uint32_t value = 0;
  std::size_t length = 0;
};

Number
number_from(std::string_view text, int base, std::size_t most)
{
  Number number;
  while (number.length < most && number.length < text.size()) {
    const int digit = hex_value(text[number.length]);
    if (digit < 0 || digit >= base) {
      break;
    }
    number.value = number.value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
    ++number.length;
  }
  return number;
}

void
append_character(std::uint32_t value, std::string& out)
{
  constexpr std::uint32_t last = 0x10FFFF;
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value <= last && !is_surrogate) {
    append_utf8(out, value);
  }
}

/// The escape whose letter is at the front; how much of the text it is.
std::size_t
take(std::string_view text, std::string& out)
{
  constexpr std::string_view letters = "abeEfnrtv\\'\"?";
  constexpr std::string_view meant = "\a\b\x1B\x1B\f\n\r\t\v\\'\"?";
  constexpr int octal = 8;
  constexpr int hexadecimal = 16;
  constexpr unsigned control_mask = 0x1F;
  const char c = text.front();
  const std::size_t known = letters.find(c);
  if (known != std::string_view::npos) {
    out += meant[known];
    return 1;
  }
  if (const Number number = number_from(text, octal, 3); number.length > 0) {
    out += static_cast<char>(number.value);
    return number.length;
  }
  if (c == 'c' && text.size() > 1) {
    out += static_cast<char>(static_cast<unsigned char>(text[1]) & control_mask);
    return 2;
  }
  const std::size_t most = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  const Number number = number_from(text.substr(1), hexadecimal, most);
  if (number.length == 0) {
    out += '\\';
    out += c;
    return 1;
  }
  c == 'x' ? void(out += static_cast<char>(number.value)) : append_character(number.value, out);
  return number.length + 1;
}

}  // namespace

std::string
unescaped_quotes(std::string_view text)
{
  std::string out;
  while (!text.empty()) {
    const bool is_escape = text.front() == '\\' && text.size() > 1;
    if (!is_escape) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(1);
    text.remove_prefix(take(text, out));
  }
  // A NUL ends the text.
  return out.substr(0, out.find('\0'));
}

}  // namespace sluice::env::shell
