// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "env/dialect.hpp"

#include <string_view>

namespace sluice::env {

/// What motdotla/dotenv makes of a file: every assignment, none of it expanded.
[[nodiscard]] Reading read_with_javascript_lines(std::string_view text, const Environment& outer);

}  // namespace sluice::env
