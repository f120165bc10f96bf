// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "secrets/examination.hpp"

#include <map>
#include <vector>

namespace sluice::secrets {

/// From where to where commits of the whole history moved the secrets of `examination` (displacement.hpp), oldest
/// first: those commits that first have a secret at a path. Merges move nothing. Of more than two thousand such commits
/// the oldest are read; what is not known to be moved is new where it is.
[[nodiscard]] std::map<Sha256, std::vector<Move>> history_moves(const Assignment& assignment,
                                                                const Examination& examination);

}  // namespace sluice::secrets
