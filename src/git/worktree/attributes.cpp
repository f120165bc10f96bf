// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "git/worktree.hpp"
#include "git/worktree/library.hpp"

#include <memory>

namespace sluice::git {

// As for the rules of ignoring (worktree/ignore.hpp), libgit2 gets a repository of its own with the work tree lent to
// it.
std::optional<std::string>
working_tree_encoding(const Repository& repository, const std::string& path)
{
  if (repository.is_bare()) {
    return std::nullopt;
  }
  const auto library = libgit2();
  if (!library) {
    return std::nullopt;
  }
  const LibGit2& git = **library;
  const auto own = TemporaryDirectory::create("sluice-attributes");
  git_repository* opened = nullptr;
  if (!own || git.repository_init(&opened, own->path().c_str(), 0) != 0) {
    return std::nullopt;
  }
  const std::unique_ptr<git_repository, decltype(git.repository_free)> lent(opened, git.repository_free);
  const char* value = nullptr;
  if (git.repository_set_workdir(opened, repository.work_tree().c_str(), 0) != 0
      || git.attr_get(&value, opened, GIT_ATTR_CHECK_FILE_THEN_INDEX, path.c_str(), "working-tree-encoding") != 0
      || git.attr_value(value) != GIT_ATTR_VALUE_STRING) {
    return std::nullopt;
  }
  return std::string(value);
}

}  // namespace sluice::git
