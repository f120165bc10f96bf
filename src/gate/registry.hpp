// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/gate.hpp"

#include <span>

namespace sluice::gate {

/// Every gate, by name, made by CMake of its `sluice_gate` lines. Linked by what speaks of all gates (`sluice`).
[[nodiscard]] std::span<const Face* const> faces();

/// Every gate with all its code. Linked by what is all gates in one executable, generates or tests.
[[nodiscard]] std::span<const Type* const> types();

}  // namespace sluice::gate
