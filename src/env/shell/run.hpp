// SPDX-License-Identifier: Apache-2.0
//
// A shell reads a dotenv file as what it is to it, a script: `set -a; . FILE`. Here its lines are read, what they set
// is worked out, and no command is run. What a command sets is then not known, nor whether it succeeds.
#pragma once

#include "env/dialect.hpp"
#include "env/shell/word_ends.hpp"

#include <string_view>

namespace sluice::env::shell {

/// The variables that programs see afterwards. A NUL is left out, as both shells do it.
[[nodiscard]] Reading source_without_nul(std::string_view text, const Environment& outer, Flavor flavor);

}  // namespace sluice::env::shell
