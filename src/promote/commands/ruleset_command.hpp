// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

namespace sluice::promote {

/// What a host takes to guard the branch of the ledger; needs no repository.
[[nodiscard]] Result<gate::CommandOutcome> ruleset_command(const gate::NoOptions& options,
                                                           const gate::CommandInput& input);

}  // namespace sluice::promote
