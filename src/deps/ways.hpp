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
  /// From the member (not the root) or the direct dependency to the package itself; of a very long one its two ends.
  std::vector<PackageId> packages;
  std::size_t left_out = 0;  ///< packages in the middle: before the last half of `packages`
};

/// For each direct dependency that leads to the package, at each member that names it, the shortest way; shortest
/// first.
struct Ways
{
  std::vector<Way> shortest;  ///< at most `most`
  std::uint64_t count = 0;    ///< how many direct dependencies there are that lead to it
  bool is_told = true;        ///< false: nobody looked, for the graph is too large to look for more
};

/// Needs of a list by who is needed, made once for many packages. Each search may go through all of the graph, so that
/// all of them together have a bound.
class WayFinder
{
public:
  static constexpr std::size_t longest_way = 40;            ///< packages that are told of one
  static constexpr std::uint64_t most_steps = 400'000'000;  ///< of all searches

  explicit WayFinder(const PackageList& list);
  /// `entries` are all of one package.
  [[nodiscard]] Ways ways_to(std::span<const PackageId> entries, std::size_t most) const;

private:
  [[nodiscard]] static Way way_from(PackageId direct, const std::vector<PackageId>& towards);

  const PackageList& list_;
  std::vector<std::uint32_t> first_;  ///< of `by_target_`, by package
  std::vector<PackageId> by_target_;  ///< who needs it
  mutable std::uint64_t steps_ = 0;
};

}  // namespace sluice::deps
