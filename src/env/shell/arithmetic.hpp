// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/shell/word_ends.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::env::shell {

struct Sum
{
  enum class Outcome {
    known,
    unknown,  ///< it sets variables, or has one that is not known
    wrong,    ///< not an expression, or a division by zero
  };
  Outcome outcome = Outcome::known;
  std::int64_t value = 0;
};

/// The value of a variable; nothing if it has none, and `is_known` is set to false where nobody knows.
using LookUp = std::function<std::optional<std::string>(std::string_view name, bool& is_known)>;

/// What `$((…))` comes to, references being replaced already, with 64 bits that wrap around. In bash a variable may
/// hold an expression.
[[nodiscard]] Sum evaluate(std::string_view expression, Flavor flavor, const LookUp& look_up, int depth = 0);

}  // namespace sluice::env::shell
