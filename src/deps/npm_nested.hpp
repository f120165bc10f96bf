// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "data/data.hpp"
#include "deps/lockfile.hpp"

namespace sluice::deps {

/// Version 1 of npm's lockfile, which nests "dependencies" as the installed tree is nested.
void read_nested_npm(Value root, const LockText& file, PackageList& list);

/// Lists what "dependencies" of a lockfile has that "packages" beside it has not: npm 6 installs the former, later ones
/// the latter.
void add_of_nested_npm(Value dependencies, PackageList& list);

}  // namespace sluice::deps
