// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

namespace sluice::env {

/// {"variables":[{"name","reads":[{"path","line"}],"declared":[…],"verdict"}]}, by name. Fails where something is
/// undeclared or unused, and is incomplete where some file could not be understood.
[[nodiscard]] Result<gate::CommandOutcome> usage_command(const gate::NoOptions& none, const gate::CommandInput& input);

}  // namespace sluice::env
