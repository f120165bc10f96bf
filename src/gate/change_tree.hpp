// SPDX-License-Identifier: Apache-2.0
//
// Which files does a gate read that judges files instead of commits? What will be deployed: the disk where it holds the
// head, or the merge with the target that a platform checked out, which is the text that production would get. Reading
// the head from the object store in every case would be simpler, and would miss what a person has not committed yet and
// what a step before this one has generated. Where what is committed counts (a hook before a push, --head, a bare
// repository) only the commit will do, also where it is checked out: what lies on the disk beside it is not pushed. And
// before a commit it is the index that becomes one.
//
// What they are compared with is where the change began, not the target's tip: else everything that the target has
// gained since would look as if the change took it away.
#pragma once

#include "gate/file_tree.hpp"
#include "gate/input.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sluice::gate {

/// The files that a run judges, and what they were before. Paths are relative to the examined directory.
struct ChangeTree
{
  std::unique_ptr<FileTree> after;   ///< never null: the disk, the index, or the head if not checked out
  std::unique_ptr<FileTree> before;  ///< null: there is nothing to compare with
  std::string prefix;                ///< where the directory lies in the repository: "" or "services/api/"
  std::string before_name;           ///< "1a2b3c4d", for people; empty without `before`
};

/// A directory on disk, with what the commit that is checked out says of it; `prefix` is where it lies in the
/// repository, which may be null and must outlive the tree.
[[nodiscard]] std::unique_ptr<FileTree> disk_tree(const git::Repository* repository,
                                                  const std::filesystem::path& directory, const std::string& prefix);

/// What a range compares. The disk is what will be deployed where the head, or a merge of it that a platform made, is
/// checked out. Of several heads one is judged and each of the others is a gap.
[[nodiscard]] ChangeTree change_tree(const Input& input, std::vector<Gap>& gaps);

}  // namespace sluice::gate
