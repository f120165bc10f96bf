// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace sluice::deps {

/// How a package comes into a project.
struct Way
{
  std::vector<PackageId> packages;  ///< from the member (not the root) or the direct dependency to the package itself
};

/// For each direct dependency that leads to the package, at each member that names it, the shortest way; shortest
/// first.
struct Ways
{
  std::vector<Way> shortest;  ///< at most `most`
  std::uint64_t count = 0;    ///< how many direct dependencies there are that lead to it
};

/// Needs of a list by who is needed, made once for many packages.
class WayFinder
{
public:
  explicit WayFinder(const PackageList& list);
  [[nodiscard]] Ways ways_to(PackageId package, std::size_t most) const;
  /// Who needs the package.
  [[nodiscard]] std::span<const PackageId>
  needed_by(PackageId package) const
  {
    return std::span(by_target_).subspan(first_[package], first_[package + 1] - first_[package]);
  }

private:
  const PackageList& list_;
  std::vector<std::uint32_t> first_;  ///< of `by_target_`, by package
  std::vector<PackageId> by_target_;  ///< who needs it
};

}  // namespace sluice::deps
