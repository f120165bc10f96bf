// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "git/repository.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::git {

/// The refs of a repository as its files say at one moment: loose ones win over packed-refs, each worktree has its
/// own HEAD, refs/bisect, refs/worktree and refs/rewritten.
class ReferenceFiles
{
public:
  [[nodiscard]] static Result<ReferenceFiles> open(const Repository& repository);

  /// The object that "refs/heads/main", "HEAD", "worktrees/x/HEAD" names, symbolic refs followed; nothing if there is
  /// no such ref or it is not well formed.
  [[nodiscard]] std::optional<ObjectId> find(std::string_view name) const;

  /// The name that a symbolic ref holds.
  [[nodiscard]] std::optional<std::string> symbolic_target(std::string_view name) const;

  /// Every ref that names an object, sorted by name. HEADs of other worktrees are "main-worktree/HEAD" and
  /// "worktrees/<id>/HEAD".
  [[nodiscard]] std::vector<Reference> all() const;

private:
  ReferenceFiles() = default;
  [[nodiscard]] std::filesystem::path file_of(std::string_view name) const;
  void collect(const std::filesystem::path& directory, std::string prefix, int depth,
               std::map<std::string, ObjectId>& into) const;
  void collect_worktrees(std::map<std::string, ObjectId>& into) const;
  void add(std::string name, std::map<std::string, ObjectId>& into) const;

  std::filesystem::path own_, common_;
  std::size_t digits_ = 40;
  std::map<std::string, ObjectId, std::less<>> packed_;
};

}  // namespace sluice::git
