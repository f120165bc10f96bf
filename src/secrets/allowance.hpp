// SPDX-License-Identifier: Apache-2.0
//
// Which comments allow a secret that is at many places. Each path is decided by itself, and so is what is in no file:
// who marks a line in one file has said nothing of another. At a path the newest version decides: who adds a comment to
// a line has said what it was all along, and who takes it away has taken it back. What is there now, on disk before
// HEAD, is newer than whatever was; of a path that is gone its last version counts, or where it was moved to.
#pragma once

#include "secrets/appearance.hpp"

#include <optional>
#include <vector>

namespace sluice::secrets {

struct Allowance
{
  std::optional<InlineAllow> all;  ///< if every path is covered: of their comments the one that counts least
  std::vector<MarkedPath> marked;  ///< the paths that are, if there are several; by path
};

/// A path is covered if every line that decides there carries a comment; of several the one that counts least speaks
/// for it. Commits' and tags' messages decide each for itself, an object that is in no tree if there is nothing else.
[[nodiscard]] Allowance allowance_of(const std::vector<Appearance>& appearances, const std::vector<Move>& moves);

}  // namespace sluice::secrets
