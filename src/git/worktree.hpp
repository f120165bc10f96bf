// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "finding/finding.hpp"
#include "git/repository.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::git {

/// A file of the index whose content differs from HEAD's, with the blob that it replaces.
struct StagedFile
{
  std::string path;
  std::string content;
  std::optional<std::string> replaced;
};

/// Files staged for the next commit. Errors: the repository is bare or its index cannot be read by libgit2 (SHA-256).
[[nodiscard]] Result<std::vector<StagedFile>> staged_files(const Repository& repository, std::vector<Gap>& gaps);

/// Paths of the files in the work tree that are tracked or not ignored, sorted. Without a repository: every file
/// below `directory`. Never follows a symbolic link out, never enters `.git` or a submodule.
[[nodiscard]] Result<std::vector<std::string>> worktree_files(const Repository& repository, std::vector<Gap>& gaps);

/// Submodules that the tree of HEAD names and nobody examined.
[[nodiscard]] std::vector<Gap> submodule_gaps(const Repository& repository);

}  // namespace sluice::git
