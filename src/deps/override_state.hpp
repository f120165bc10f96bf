// SPDX-License-Identifier: Apache-2.0
//
// What an override does to the lockfile that it stands beside. One that does nothing is worse than none: whoever reads
// it believes that a hole is closed.
#pragma once

#include "deps/node_overrides.hpp"
#include "deps/ways.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::deps {

/// An override without effect, or with one that nobody wants any more.
struct DeadOverride
{
  enum class Kind {
    no_package,   ///< the lockfile has nothing that it could be about
    not_applied,  ///< the lockfile was made without it
    shadowed,     ///< another entry counts in its place
    overtaken,    ///< what packages ask for by themselves is as new or newer
  } kind = Kind::no_package;
  const NodeOverride* override = nullptr;  ///< never null
  std::string why;                         ///< a clause
};

/// Those of `overrides`, which must outlive the result, that are dead in a list. What cannot be told is not.
[[nodiscard]] std::vector<DeadOverride> dead_overrides(Installer installer, const std::vector<NodeOverride>& overrides,
                                                       const PackageList& list);

/// The package that an override puts in place: the one of an alias, else its own.
[[nodiscard]] std::string_view target_of(const NodeOverride& override);

/// The entry that pins a package at its version: that names the version, and not the one that the package should have.
/// Null if there is none.
[[nodiscard]] const NodeOverride* pinning(const std::vector<NodeOverride>& overrides, const PackageList& list,
                                          WayFinder& finder, std::span<const PackageId> entries,
                                          const std::optional<std::string>& wanted);

}  // namespace sluice::deps
