// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"
#include "promote/commands/verb_options.hpp"

namespace sluice::promote {

/// What is live where, and what is on its way, for people who walk by and for programs.
[[nodiscard]] Result<gate::CommandOutcome> status_command(const StatusOptions& options,
                                                          const gate::CommandInput& input);

}  // namespace sluice::promote
