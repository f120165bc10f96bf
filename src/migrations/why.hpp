// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

namespace sluice::migrations {

/// `why RULE FILE`: what the rule decides at each statement of the file, and why. The file stands where it stands in a
/// run, behind the earlier migrations; one that is no migration is judged alone as a plain file.
///
/// Errors: there is no such rule, or it is another gate's (ErrorKind::usage); the file cannot be read
/// (ErrorKind::input); those of a run.
[[nodiscard]] Result<gate::CommandOutcome> why(const gate::NoOptions& options, const gate::CommandInput& input);

}  // namespace sluice::migrations
