// SPDX-License-Identifier: Apache-2.0
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
  std::unique_ptr<FileTree> after;   ///< never null: the disk, or the head where it is not checked out
  std::unique_ptr<FileTree> before;  ///< null: there is nothing to compare with
  std::string prefix;                ///< where the directory lies in the repository: "" or "services/api/"
  std::string before_name;           ///< "1a2b3c4d", for people; empty without `before`
};

/// What a range compares. The disk is what will be deployed where the head, or a merge of it that a platform made, is
/// checked out. Of several heads one is judged and each of the others is a gap.
[[nodiscard]] ChangeTree change_tree(const Input& input, std::vector<Gap>& gaps);

}  // namespace sluice::gate
