// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/lockfile.hpp"
#include "deps/script_consent.hpp"
#include "gate/change_tree.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sluice::deps {

/// A lockfile of the tree that is judged, and what it was before the change.
struct LockedFile
{
  const Lockfile* format = nullptr;   ///< never null
  PackageList list;                   ///< its `path` is relative to the root of the repository
  std::optional<PackageList> before;  ///< nothing: there is nothing to compare with, or the file is new and not moved
  bool is_unchanged = false;          ///< its text is what it was before, and so is what it lists
  ScriptConsent consent;              ///< which install scripts may run, as the files beside it say
};

struct LockedFiles
{
  std::vector<LockedFile> files;      ///< by path
  std::vector<std::string> excluded;  ///< paths that were left out as the options say
  std::vector<std::string> shadowed;  ///< paths beside which another file counts
  std::vector<std::string> deleted;   ///< paths that are tracked, and that the work tree has no more
  std::vector<Gap> gaps;
  bool is_change = false;                  ///< there is a tree to compare with
  const gate::ChangeTree* tree = nullptr;  ///< where they were read, for what lies beside them; outlives this
};

/// Reads every lockfile that the repository tracks. `tree` must outlive the result. `exclude` are globs over paths from
/// the repository's root.
[[nodiscard]] LockedFiles read_locked_files(const gate::ChangeTree& tree, std::span<const std::string> exclude);

}  // namespace sluice::deps
