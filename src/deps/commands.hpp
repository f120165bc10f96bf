// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

#include <span>

namespace sluice::deps {

/// What the gate can do beside its judgement.
[[nodiscard]] std::span<const gate::Command> commands();

}  // namespace sluice::deps
