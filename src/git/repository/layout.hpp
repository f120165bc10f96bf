// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace sluice::git {

/// Where the parts of a repository are, and how its objects are stored.
struct RepositoryLayout
{
  std::filesystem::path git_directory;
  std::filesystem::path common_directory;  ///< the same unless this is a linked worktree
  std::filesystem::path work_tree;         ///< empty if bare
  bool is_sha256 = false;
  bool is_partial = false;
  std::map<std::string, std::string, std::less<>> remote_urls;  ///< by name
};

/// Looks in `directory` and upwards as git does (gitrepository-layout(5)), except that `core.worktree`, `GIT_*`
/// variables, owners and file system boundaries do not matter. Fails if there is no repository or if it is stored in a
/// way that cannot be read, so that nothing is overlooked: a ref backend other than files, an unknown extension.
[[nodiscard]] Result<RepositoryLayout> find_repository(const std::filesystem::path& directory);

}  // namespace sluice::git
