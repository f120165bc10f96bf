// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "finding/finding.hpp"
#include "git/repository.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::git {

/// A file of the index whose content differs from HEAD's, with what HEAD has at its path.
struct StagedFile
{
  std::string path;
  std::string content;
  std::optional<std::string> replaced;  ///< nothing also if it cannot be read
};

/// Files staged for the next commit, in the order of the index: the one that GIT_INDEX_FILE names, if it was given to
/// the repository. Errors: the repository is bare. An index that is damaged or cannot be read is a gap, and so is a
/// staged file that cannot be read or is in conflict, and a submodule that the next commit brings or moves on.
[[nodiscard]] Result<std::vector<StagedFile>> staged_files(const Repository& repository, std::vector<Gap>& gaps);

/// Paths of the regular files in the work tree that are tracked or not ignored by `.gitignore` and `info/exclude` (a
/// person's own `core.excludesFile` does not count), sorted. Never follows a symbolic link, never enters `.git`, a
/// submodule or another repository, each of which is a gap. What cannot be read, and what a sparse checkout leaves out,
/// is a gap too. Errors: the repository is bare. An index that cannot be read is a gap, and then all that is tracked is
/// what is not ignored.
[[nodiscard]] Result<std::vector<std::string>> worktree_files(const Repository& repository, std::vector<Gap>& gaps);

/// What `.gitattributes` of the work tree say under `working-tree-encoding` of a path relative to it: git stores the
/// file as UTF-8 and checks it out in this encoding. Nothing if they say nothing, or cannot be read.
[[nodiscard]] std::optional<std::string> working_tree_encoding(const Repository& repository, const std::string& path);
/// An entry of the index.
struct IndexedFile
{
  std::string path;
  ObjectId id;
  std::uint32_t mode = 0;
  bool is_skipped = false;  ///< a sparse checkout leaves it out of the work tree
};

/// All that the next commit will hold, in the order of paths; errors and gaps as of `staged_files`.
[[nodiscard]] Result<std::vector<IndexedFile>> indexed_files(const Repository& repository, std::vector<Gap>& gaps);

/// What HEAD has at paths that the next commit will not have, in the order of paths; errors and gaps as of
/// `staged_files`.
[[nodiscard]] Result<std::vector<IndexedFile>> files_to_be_removed(const Repository& repository,
                                                                   std::vector<Gap>& gaps);

/// Of the submodule at `path`, which nobody examined.
[[nodiscard]] Gap submodule_gap(std::string path);

/// Of each submodule that the tree of HEAD names.
[[nodiscard]] std::vector<Gap> submodule_gaps(const Repository& repository);

}  // namespace sluice::git
