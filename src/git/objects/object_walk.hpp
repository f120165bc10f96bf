// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/object_store.hpp"
#include "git/objects/delta_forest.hpp"

#include <functional>
#include <vector>

namespace sluice::git {

using Visit = std::function<void(const ObjectView&, unsigned thread)>;

struct WalkOutcome
{
  WalkTotals totals;
  std::vector<BrokenNode> failures;  ///< sorted; each object of a kind that is wanted, or of unknown kind
};

/// Decodes every object of the forest once, on all threads, and shows those of the wanted kinds to `visit`. A thread
/// that keeps more than `kept_bytes_limit` bytes of objects whose deltas are pending drops some and decodes them again.
[[nodiscard]] WalkOutcome walk_objects(const ObjectSources& sources, const DeltaForest& forest,
                                       const WalkRequest& request, const Visit& visit,
                                       std::uint64_t kept_bytes_limit = 256U << 20U);

[[nodiscard]] bool wants(const WalkRequest& request, ObjectKind kind);

}  // namespace sluice::git
