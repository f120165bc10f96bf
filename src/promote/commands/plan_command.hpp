// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"
#include "promote/commands/verb_options.hpp"

namespace sluice::promote {

/// What `run` would do now, and what would stop it; it ends as `run` would, and writes nothing.
[[nodiscard]] Result<gate::CommandOutcome> plan_command(const VerbOptions& options, const gate::CommandInput& input);

}  // namespace sluice::promote
