// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/entries.hpp"

#include <string_view>

namespace sluice::env {

/// References of readers that descend from Ruby's dotenv: `$NAME` and `${NAME}`, either brace by itself optional, so
/// that of `${NAME:-d}` the end stays as text. A backslash in front keeps the reference and goes itself.
struct BareStyle
{
  enum class Letters { upper, any };
  enum class Bracket { passed_over, ends_it };
  enum class Outside { unseen, seen };

  Letters letters = Letters::any;      ///< that a name may have, beside digits and `_`
  Bracket bracket = Bracket::ends_it;  ///< of `$(NAME`
  Outside outside = Outside::seen;     ///< the environment, for what the file does not have
};

/// What is replaced is not looked at again.
[[nodiscard]] Expansion expand_bare(std::string_view value, const BareStyle& style, const Entries& entries);

}  // namespace sluice::env
