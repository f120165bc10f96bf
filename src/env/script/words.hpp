// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.hpp"

#include <algorithm>
#include <string_view>

namespace sluice::env::script {

/// Whether an unquoted character ends a word. A carriage return does, since scripts with them are read all the same.
[[nodiscard]] constexpr bool
ends_word(char c)
{
  return is_any_of(c, " \t\r\n;&|<>()");
}

[[nodiscard]] constexpr bool
begins_name(char c)
{
  return is_letter(c) || c == '_';
}

[[nodiscard]] constexpr bool
is_of_name(char c)
{
  return begins_name(c) || is_digit(c);
}

[[nodiscard]] inline bool
is_name(std::string_view text)
{
  return !text.empty() && begins_name(text.front()) && std::all_of(text.begin(), text.end(), is_of_name);
}

}  // namespace sluice::env::script
