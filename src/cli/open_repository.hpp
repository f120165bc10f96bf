// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/setup.hpp"

namespace sluice::cli {

/// Fills `repository` and `directory` of a run whose options and platform are known, or `no_repository` and `unusable`.
/// Errors (ErrorKind::usage): --repo names no directory.
[[nodiscard]] Result<> open_repository(Setup& setup, const Invocation& invocation);

}  // namespace sluice::cli
