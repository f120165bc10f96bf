// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/options.hpp"
#include "gate/gate.hpp"

namespace sluice::deps {

[[nodiscard]] Result<Findings> run(const DepsOptions& options, const gate::Input& input);

[[nodiscard]] const gate::Face& face();
[[nodiscard]] const gate::Type& type();

}  // namespace sluice::deps
