// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "git/repository.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice::git {

/// Where the parts of a repository are, and how its objects are stored.
struct RepositoryLayout
{
  std::filesystem::path git_directory;
  std::filesystem::path common_directory;  ///< the same unless this is a linked worktree
  std::filesystem::path work_tree;         ///< empty if bare
  std::filesystem::path index_file;
  std::filesystem::path object_directory;
  std::vector<std::filesystem::path> more_objects;  ///< directories that are read beside it
  bool is_sha256 = false;
  bool is_partial = false;
  std::map<std::string, std::string, std::less<>> remote_urls;  ///< by name
};

/// Takes what GIT_DIR names, else looks in `directory` and upwards as git does (gitrepository-layout(5)), except that
/// `core.worktree`, owners and file system boundaries do not matter and that a bare repository inside a work tree is
/// not one. Nothing if there is none. Fails if a `.git` leads nowhere, or if the repository is stored in a way that
/// cannot be read, so that nothing is overlooked: a ref backend other than files, an unknown extension.
[[nodiscard]] Result<std::optional<RepositoryLayout>> find_repository(const std::filesystem::path& directory,
                                                                      const RepositoryVariables& variables = {});

}  // namespace sluice::git
