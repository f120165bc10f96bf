// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "cli/gate_set.hpp"

namespace sluice::cli {

/// What of our environment `sluice check` hands to a gate: what every program needs, what tells of the platform and its
/// event, options of ours that are this gate's or everybody's, and the variables that the gate declares. A token that
/// happens to be there stays here.
[[nodiscard]] Environment child_environment(const GateSet::Member& gate, const Environment& own);

/// Whether the option says how the merged report is shown or judged, and no single gate's: neither as a flag nor as a
/// variable is it handed on.
[[nodiscard]] bool stays_with_the_merged_report(std::string_view key);

}  // namespace sluice::cli
