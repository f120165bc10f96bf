// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

namespace sluice::secrets {

/// `sluice-secrets --why RULE FILE`: what becomes of the rule in a file on disk, from candidates to the finding.
[[nodiscard]] Result<gate::CommandOutcome> why(const gate::NoOptions& none, const gate::CommandInput& input);

}  // namespace sluice::secrets
