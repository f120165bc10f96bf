// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/input.hpp"

#include <optional>

namespace sluice::gate {

/// What a gate returns at once where the range holds nothing (an absence with the reason) or could not be found out (a
/// gap of the kind `no_range`); nothing if there is something to judge.
[[nodiscard]] std::optional<Findings> range_outcome(const ci::GitRange& range);

}  // namespace sluice::gate
