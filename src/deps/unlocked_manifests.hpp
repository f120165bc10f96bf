// SPDX-License-Identifier: Apache-2.0
//
// Manifests that ask for packages of others, and of which no lockfile tells the versions. What is installed for them is
// what the registry has that day, and a lockfile of another ecosystem beside them tells nothing of it. (package.json,
// project files of .NET and pom.xml are read as lockfiles of their own.)
#pragma once

#include "deps/locked_files.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// Whether a file of this name is such a manifest.
[[nodiscard]] bool is_manifest(std::string_view path);

/// A gap for each of `manifests`, paths from the root of the tree, that asks for a package and has no lockfile among
/// those of `locked`: in its own directory, or above it where its package manager has workspaces. One in a directory of
/// which the operator has excluded a lockfile is excluded with it.
[[nodiscard]] std::vector<Gap> unlocked_manifests(const gate::FileTree& tree, std::span<const std::string> manifests,
                                                  const LockedFiles& locked, std::string_view prefix);

}  // namespace sluice::deps
