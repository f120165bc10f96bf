// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"
#include "promote/commands/verb_options.hpp"

namespace sluice::promote {

/// The entries of the ledger; or, with `verify`, whether they are what a run of ours could have written, unbroken.
[[nodiscard]] Result<gate::CommandOutcome> history_command(const HistoryOptions& options,
                                                           const gate::CommandInput& input);

}  // namespace sluice::promote
