// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/locked_files.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

/// What lockfiles tell that no package is to blame for: a file without any hash, and decisions about install scripts of
/// packages that are not locked. Sentences.
[[nodiscard]] std::vector<std::string> lock_notices(const LockedFiles& locked);

}  // namespace sluice::deps
