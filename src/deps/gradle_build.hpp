// SPDX-License-Identifier: Apache-2.0
//
// Which modules a Gradle build names. A build file is a program; what is read of it are its texts:
// "group:name:version", the older group: "g", name: "n", and libs.alias of the version catalogue
// gradle/libs.versions.toml.
#pragma once

#include "deps/lockfile.hpp"

#include <set>
#include <string>

namespace sluice::deps {

/// "group:name" of each module that the build files in the lockfile's directory name. A file that cannot be read is a
/// gap of the list.
[[nodiscard]] std::set<std::string> modules_of_build(const Surroundings& around, PackageList& list);

}  // namespace sluice::deps
