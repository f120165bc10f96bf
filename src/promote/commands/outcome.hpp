// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"
#include "promote/check.hpp"
#include "promote/engine/execution.hpp"

#include <span>

namespace sluice::promote {

/// What a call was about.
struct AskedFor
{
  const std::string& environment;
  std::string commit;  ///< hexadecimal, in full; empty: what the newest promotion is of
  std::span<const Judgement> judgements;
};

/// What a command that moved something, or would, tells: how it ended, what each gate said, the stages as they are now
/// and, where it belongs to a promotion, when what happened.
[[nodiscard]] gate::CommandOutcome outcome_of(const Ending& ending, const Session& session, const AskedFor& asked);

}  // namespace sluice::promote
