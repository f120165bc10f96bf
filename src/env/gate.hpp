// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/options.hpp"
#include "gate/gate.hpp"

namespace sluice::env {

/// Judges everything that a repository says of environment variables.
///
/// Errors: ErrorKind::usage, a file of `--store` or `--fingerprints` is not there; ErrorKind::input, it is no listing.
[[nodiscard]] Result<Findings> run(const EnvOptions& options, const gate::Input& input);

[[nodiscard]] const gate::Face& face();
[[nodiscard]] const gate::Type& type();

}  // namespace sluice::env
