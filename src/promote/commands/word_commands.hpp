// SPDX-License-Identifier: Apache-2.0
//
// The verbs by which a person says something: approve, reject, lock, unlock, attest, review.
#pragma once

#include "gate/command.hpp"
#include "promote/commands/verb_options.hpp"

namespace sluice::promote {

[[nodiscard]] Result<gate::CommandOutcome> approve_command(const VerbOptions& options, const gate::CommandInput& input);
[[nodiscard]] Result<gate::CommandOutcome> reject_command(const VerbOptions& options, const gate::CommandInput& input);
[[nodiscard]] Result<gate::CommandOutcome> lock_command(const VerbOptions& options, const gate::CommandInput& input);
[[nodiscard]] Result<gate::CommandOutcome> unlock_command(const VerbOptions& options, const gate::CommandInput& input);
/// The argument is what is attested: "QA".
[[nodiscard]] Result<gate::CommandOutcome> attest_command(const AttestOptions& options,
                                                          const gate::CommandInput& input);
/// The arguments are reports, beside those of --evidence.
[[nodiscard]] Result<gate::CommandOutcome> evidence_command(const VerbOptions& options,
                                                            const gate::CommandInput& input);
/// Of the emergency that --promotion names, or of the only one that is open.
[[nodiscard]] Result<gate::CommandOutcome> review_command(const RecordOptions& options,
                                                          const gate::CommandInput& input);

}  // namespace sluice::promote
