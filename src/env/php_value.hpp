// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/entries.hpp"

#include <string_view>

namespace sluice::env {

/// What phpdotenv makes of the text behind the first `=`, which is UTF-8 with LF and has no white space around it.
[[nodiscard]] Expansion read_php_value(std::string_view text, const Entries& entries);

}  // namespace sluice::env
