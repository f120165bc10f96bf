// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/lockfile.hpp"

#include <set>
#include <string>

namespace sluice::deps {

/// Every word of the *.cabal files and package.yaml beside a lockfile: whether the project names a package can be told
/// by it, and what for cannot.
[[nodiscard]] std::set<std::string, std::less<>> words_of_haskell_project(const LockText& file);

}  // namespace sluice::deps
