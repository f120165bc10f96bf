// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "finding/finding.hpp"
#include "git/repository.hpp"
#include "git/worktree/index.hpp"

#include <span>
#include <string>
#include <vector>

namespace sluice::git {

/// What `worktree_files` promises, given the index.
[[nodiscard]] Result<std::vector<std::string>> scan_worktree(const Repository& repository,
                                                             std::span<const IndexEntry> index, std::vector<Gap>& gaps);

}  // namespace sluice::git
