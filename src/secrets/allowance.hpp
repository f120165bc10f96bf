// SPDX-License-Identifier: Apache-2.0
//
// Which comment allows a secret that is at many places. The newest version of a line decides: who adds a comment to a
// line has said what it was all along, and who takes it away has taken it back. What is there now, on disk before HEAD,
// is newer than whatever was; of what is gone the last version of each path counts, where it was moved
// to if it was moved.
#pragma once

#include "secrets/appearance.hpp"

#include <optional>
#include <vector>

namespace sluice::secrets {

/// A secret counts as allowed if every line that decides carries a comment. Of several the one that counts least speaks
/// for all.
[[nodiscard]] std::optional<InlineAllow> allowance(const std::vector<Appearance>& appearances,
                                                   const std::vector<Move>& moves);

}  // namespace sluice::secrets
