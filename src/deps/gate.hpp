// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/options.hpp"
#include "gate/gate.hpp"

namespace sluice::deps {

/// Judges the lockfiles of what is to be deployed. Errors: no repository, no database, or one that is damaged or not
/// signed as it must be.
[[nodiscard]] Result<Findings> run(const DepsOptions& options, const gate::Input& input);

/// How the gate calls itself and its options.
[[nodiscard]] const gate::Face& face();
/// The gate with its commands and rules, as the programs hold it.
[[nodiscard]] const gate::Type& type();

}  // namespace sluice::deps
