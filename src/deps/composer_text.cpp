// SPDX-License-Identifier: Apache-2.0
#include "deps/composer_text.hpp"

#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view blanks(" \t\n\r\0\v", 6);

bool
is_space(char character)
{
  return character == ' ' || (character >= '\t' && character <= '\r');
}

std::string_view
without_alias(std::string_view text)
{
  const auto is_plain = [](char c) { return c != ',' && !is_space(c); };
  const auto is_blank = [](char c) { return c == ' '; };
  std::string_view rest = text;
  const std::string_view version = take_while(rest, is_plain);
  const bool has_as = !version.empty() && !take_while(rest, is_blank).empty() && rest.starts_with("as");
  rest.remove_prefix(has_as ? 2 : 0);
  const bool is_alias =
      has_as && !take_while(rest, is_blank).empty() && !take_while(rest, is_plain).empty() && rest.empty();
  return is_alias ? version : text;
}

std::string_view
without_flag(std::string_view text)
{
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.size() - at > 8) {
    return text;
  }
  constexpr std::array<std::string_view, 5> flags{"stable", "rc", "beta", "alpha", "dev"};
  const bool is_flag = std::find(flags.begin(), flags.end(), to_lower(text.substr(at + 1))) != flags.end();
  return is_flag ? text.substr(0, at) : text;
}

}  // namespace

std::string_view
without_composer_blanks(std::string_view text)
{
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::string_view
without_composer_alias_and_flag(std::string_view text)
{
  return without_flag(without_alias(without_composer_blanks(text)));
}

std::string_view
without_composer_build(std::string_view text)
{
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos || plus == 0 || plus + 1 == text.size()) {
    return text;
  }
  const std::string_view version = text.substr(0, plus);
  const bool is_plain = version.find(',') == std::string_view::npos && std::none_of(text.begin(), text.end(), is_space);
  return is_plain ? version : text;
}

}  // namespace sluice::deps
