// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/gate.hpp"
#include "promote/options.hpp"

namespace sluice::promote {

/// Judges the pipeline itself, as it is written: what a promotion would lack whenever it came. Whether one may happen
/// now is a command's to say. Errors: those of load_pipeline (pipeline.hpp).
[[nodiscard]] Result<Findings> run(const PromoteOptions& options, const gate::Input& input);

[[nodiscard]] const gate::Face& face();
[[nodiscard]] const gate::Type& type();

}  // namespace sluice::promote
