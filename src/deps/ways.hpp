// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/need_index.hpp"

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
  bool is_told = true;        ///< false: the search was given up, and there may be more
};

/// Needs of a list by who is needed, made once for many packages.
class WayFinder
{
public:
  explicit WayFinder(const PackageList& list);

  /// To any of several entries, as to all that are one package at one version. None once `is_tired`.
  [[nodiscard]] Ways ways_to(std::span<const PackageId> entries, std::size_t most);

  /// Whether a way to any of them goes through a package or member of this name. False once `is_tired`.
  [[nodiscard]] bool is_below(std::span<const PackageId> entries, std::string_view name);

  /// Whether it has followed so many needs that it stops: a hostile list leads from each of a million packages to all.
  [[nodiscard]] bool
  is_tired() const
  {
    return steps_ > most_steps;
  }

  /// Who needs a package, in the order of the list.
  [[nodiscard]] std::span<const Need* const>
  needs_of(PackageId package) const
  {
    return needs_.of(package);
  }

  static constexpr std::size_t longest_way = 40;            ///< packages that are told of one
  static constexpr std::uint64_t most_steps = 100'000'000;  ///< needs that are followed in all searches

private:
  /// Whether the project names it, and the list has no entry for who does: Composer's lockfile holds packages alone.
  [[nodiscard]] bool is_asked_by_nobody(PackageId package) const;
  void end_way(PackageId from, PackageId step, std::size_t most, Ways& ways) const;

  const PackageList& list_;
  std::uint64_t steps_ = 0;
  NeedIndex needs_;
  std::vector<PackageId> towards_;  ///< the next step on the way, by package; kept for its room
  std::vector<PackageId> told_of_;  ///< by member or root, whose need has been told; likewise
};

}  // namespace sluice::deps
