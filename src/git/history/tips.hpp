// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/gap.hpp"
#include "git/repository.hpp"

#include <vector>

namespace sluice::git {

/// Where histories begin that somebody can still get at.
struct Tips
{
  std::vector<ObjectId> refs;  ///< of HEAD, branches and whatever is neither tag nor stash
  std::vector<ObjectId> tags;
  std::vector<ObjectId> stash;  ///< all of them, not only the last
};

/// Refs that cannot be read are a gap.
[[nodiscard]] Tips tips_of(const Repository& repository, std::vector<Gap>& gaps);

}  // namespace sluice::git
