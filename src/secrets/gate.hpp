// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/gate.hpp"
#include "secrets/options.hpp"

namespace sluice::secrets {

/// Does any credential hide anywhere in this repository's history?
///
/// Errors: the scope needs what is not there (a repository, an index). Whatever could not be examined is a gap.
[[nodiscard]] Result<Findings> run(const SecretsOptions& options, const gate::Input& input);

[[nodiscard]] const gate::Face& face();
[[nodiscard]] const gate::Type& type();

}  // namespace sluice::secrets
