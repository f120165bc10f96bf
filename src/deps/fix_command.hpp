// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/audit.hpp"

#include <string>

namespace sluice::deps {

/// The command of the package manager that brings the package to the version that is clean, to be called at the root of
/// the repository; empty if none is known that surely does, or if a name in it is no plain word of a shell.
[[nodiscard]] std::string fix_command(const Hit& hit);

}  // namespace sluice::deps
