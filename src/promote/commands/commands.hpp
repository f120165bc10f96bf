// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

#include <span>

namespace sluice::promote {

[[nodiscard]] std::span<const gate::Command> commands();

}  // namespace sluice::promote
