// SPDX-License-Identifier: Apache-2.0
//
// What keeps a package at a version: whoever needs it by a range that does not admit the one that it should have. Where
// all ranges admit it, the lockfile alone is behind, and the package manager's command for an update is enough. Else
// that command does nothing, and whoever holds the package back has to be updated first; which of its versions no
// longer does, no lockfile tells.
#pragma once

#include "deps/ways.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// Someone whose range admits the locked version and not the one that it should have. A range that does not admit the
/// locked one either has no say: something else pins it, such as `overrides`.
struct Hold
{
  PackageId by = 0;
  std::string_view range;
  PackageId direct = 0;  ///< the direct dependency that brings `by`: often itself
};

struct Holds
{
  std::vector<Hold> holds;  ///< at most `most`, those of the project itself first
  std::uint64_t count = 0;
  std::uint64_t admitting = 0;      ///< how many need it by a range that admits the version
  std::uint64_t unknown = 0;        ///< how many by a range that the lockfile does not tell, or that is none
  std::optional<PackageId> untold;  ///< the first of these, if the lockfile does not tell what it asks for
};

/// What keeps `package`, with all its entries, from `version`.
[[nodiscard]] Holds holds_of(const PackageList& list, WayFinder& finder, std::span<const PackageId> entries,
                             std::string_view version, std::size_t most);

}  // namespace sluice::deps
