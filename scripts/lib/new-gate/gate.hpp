// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "@name@/options.hpp"
#include "gate/gate.hpp"

namespace sluice::@name@ {

/// FILL IN: what it judges. Errors: FILL IN, what makes it impossible; whatever could not be examined is a gap.
[[nodiscard]] Result<Findings> run(const @Name@Options& options, const gate::Input& input);

[[nodiscard]] const gate::Face& face();
[[nodiscard]] const gate::Type& type();

}  // namespace sluice::@name@
