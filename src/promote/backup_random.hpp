// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace sluice::promote {

/// Sixteen hexadecimal digits that nobody can foresee, for names that must be nobody else's.
[[nodiscard]] std::string random_hex();

}  // namespace sluice::promote
