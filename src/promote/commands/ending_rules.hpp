// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/rule_meta.hpp"
#include "promote/engine/execution.hpp"

namespace sluice::promote {

/// What is known of an ending that fails, for formats that tell of findings. These are no rules that somebody could
/// switch off: that a promotion was refused is not a matter of policy over findings.
[[nodiscard]] const RuleMeta& rule_of(const Ending& ending);

}  // namespace sluice::promote
