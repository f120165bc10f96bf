// SPDX-License-Identifier: Apache-2.0
//
// The verbs that move something: run, resume, rollback, abort.
#pragma once

#include "gate/command.hpp"
#include "promote/commands/verb_options.hpp"

namespace sluice::promote {

[[nodiscard]] Result<gate::CommandOutcome> run_command(const VerbOptions& options, const gate::CommandInput& input);
[[nodiscard]] Result<gate::CommandOutcome> resume_command(const VerbOptions& options, const gate::CommandInput& input);
[[nodiscard]] Result<gate::CommandOutcome> rollback_command(const VerbOptions& options,
                                                            const gate::CommandInput& input);
[[nodiscard]] Result<gate::CommandOutcome> abort_command(const VerbOptions& options, const gate::CommandInput& input);

}  // namespace sluice::promote
