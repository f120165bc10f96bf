// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::env {

/// What Ruby's dotenv makes of `$(…)` in a value: brackets that pair, none of them empty.
struct RubyCommands
{
  bool run_some = false;            ///< one without a backslash in front
  std::string without_backslashes;  ///< the value, where a backslash in front of one is left out
};

[[nodiscard]] RubyCommands find_ruby_commands(std::string_view value);

}  // namespace sluice::env
