// SPDX-License-Identifier: Apache-2.0
//
// What shells take for the name of a variable, and with them most of what replaces `$NAME` in a text.
#pragma once

#include "base/text.hpp"

#include <cstddef>
#include <string_view>

namespace sluice::env {

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

/// The end of the name at `at`; `at` if none begins there, or the text ends before it.
[[nodiscard]] constexpr std::size_t
end_of_name(std::string_view text, std::size_t at)
{
  if (at < text.size() && begins_name(text[at])) {
    while (at < text.size() && is_of_name(text[at])) {
      ++at;
    }
  }
  return at;
}

[[nodiscard]] constexpr bool
is_shell_name(std::string_view text)
{
  return !text.empty() && end_of_name(text, 0) == text.size();
}

}  // namespace sluice::env
