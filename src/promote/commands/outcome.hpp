// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"
#include "promote/engine/execution.hpp"

namespace sluice::promote {

/// What a command that moved something, or would, tells: how it ended, and the environment as it is now.
[[nodiscard]] gate::CommandOutcome outcome_of(const Ending& ending, const Session& session,
                                              const std::string& environment);

}  // namespace sluice::promote
