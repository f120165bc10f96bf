// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.hpp"
#include "env/shell_name.hpp"

namespace sluice::env::script {

/// Whether an unquoted character ends a word. A carriage return does, since scripts with them are read all the same.
[[nodiscard]] constexpr bool
ends_word(char c)
{
  return is_any_of(c, " \t\r\n;&|<>()");
}

}  // namespace sluice::env::script
