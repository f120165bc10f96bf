// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/rule.hpp"

namespace sluice::deps {

/// The finding that a hit is.
[[nodiscard]] Finding finding_of(const Rule& rule, const Hit& hit);

}  // namespace sluice::deps
