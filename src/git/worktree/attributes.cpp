// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "git/worktree.hpp"
#include "git/worktree/library.hpp"

#include <git2.h>

#include <memory>

namespace sluice::git {

namespace {

struct Closer
{
  void
  operator()(git_repository* repository) const
  {
    git_repository_free(repository);
  }
};

}  // namespace

// As for the rules of ignoring (worktree/ignore.hpp), libgit2 gets a repository of its own with the work tree lent to
// it.
std::optional<std::string>
working_tree_encoding(const Repository& repository, const std::string& path)
{
  if (repository.is_bare()) {
    return std::nullopt;
  }
  start_library();
  const auto own = TemporaryDirectory::create("sluice-attributes");
  git_repository* opened = nullptr;
  if (!own || git_repository_init(&opened, own->path().c_str(), 0) != 0) {
    return std::nullopt;
  }
  const std::unique_ptr<git_repository, Closer> lent(opened);
  const char* value = nullptr;
  if (git_repository_set_workdir(opened, repository.work_tree().c_str(), 0) != 0
      || git_attr_get(&value, opened, GIT_ATTR_CHECK_FILE_THEN_INDEX, path.c_str(), "working-tree-encoding") != 0
      || git_attr_value(value) != GIT_ATTR_VALUE_STRING) {
    return std::nullopt;
  }
  return std::string(value);
}

}  // namespace sluice::git
