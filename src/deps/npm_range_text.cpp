// SPDX-License-Identifier: Apache-2.0
#include "deps/npm_range_text.hpp"

#include "base/text.hpp"
#include "deps/npm_version.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

bool
is_javascript_blank(char character)
{
  return is_any_of(character, " \t\n\v\f\r");
}

bool
is_of_identifier(char character)
{
  return is_alphanumeric(character) || character == '-';
}

bool
begins_version(std::string_view text)
{
  static_cast<void>(take_while(text, [](char c) { return is_any_of(c, "v= "); }));
  return !text.empty() && (is_digit(text.front()) || is_any_of(text.front(), "xX*"));
}

}  // namespace

std::string
collapsed(std::string_view text)
{
  std::string out;
  for (const char character : without_blanks(text)) {
    if (!is_javascript_blank(character)) {
      out += character;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::string
without_build(std::string_view text)
{
  std::string out;
  while (!text.empty()) {
    if (text.front() == '+' && text.size() > 1 && is_of_identifier(text[1])) {
      do {
        text.remove_prefix(1);
        static_cast<void>(take_while(text, is_of_identifier));
      } while (text.size() > 1 && text.front() == '.' && is_of_identifier(text[1]));
      continue;
    }
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

std::string
with_operators_joined(std::string_view text)
{
  std::string out;
  while (!text.empty()) {
    const char character = text.front();
    out += character;
    text.remove_prefix(1);
    if (character == '~') {
      const std::string_view behind = text.substr(text.starts_with('>') ? 1 : 0);
      text = behind.starts_with(' ') ? behind.substr(1) : text;
    } else if (character == '^' || (is_any_of(character, "<>=") && begins_version(text))) {
      static_cast<void>(take(text, ' '));
    }
  }
  return out;
}

}  // namespace sluice::deps
