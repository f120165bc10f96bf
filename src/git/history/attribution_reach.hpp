// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "git/history.hpp"
#include "git/history/attribution_graph.hpp"
#include "git/repository.hpp"

#include <vector>

namespace sluice::git {

/// For each of the graph's blobs whether the history of a ref holds it, or only that of a stash, or none: `ref`,
/// `stash` or `dangling`. Refs that cannot be read are a gap.
[[nodiscard]] std::vector<Reach> reach_of_blobs(const Repository& repository, const HitGraph& graph,
                                                std::vector<Gap>& gaps);

}  // namespace sluice::git
