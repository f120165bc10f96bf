// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/gate.hpp"
#include "migrations/options.hpp"

namespace sluice::migrations {

/// Judges the migrations that a change brings, with what earlier ones tell of the database.
///
/// Errors (ErrorKind::usage): a path or a chosen framework's directory does not exist.
[[nodiscard]] Result<Findings> run(const MigrationsOptions& options, const gate::Input& input);

[[nodiscard]] const gate::Face& face();
[[nodiscard]] const gate::Type& type();

}  // namespace sluice::migrations
