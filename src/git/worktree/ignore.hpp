// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/path.hpp"
#include "base/result.hpp"
#include "git/repository.hpp"

#include <memory>
#include <string>

struct git_repository;

namespace sluice::git {

struct LibGit2;

/// What a repository's `.gitignore` files and its `info/exclude` ignore.
///
/// libgit2 knows the rules of ignoring well but cannot open every repository (SHA-256, unknown extensions) and asks
/// whose files they are. So it is never shown the repository: it gets an empty one of its own, with the work tree lent
/// to it.
class IgnoreRules
{
public:
  [[nodiscard]] static Result<IgnoreRules> load(const Repository& repository);

  /// `path` is relative to the work tree and ends in '/' if it is a directory. What lies in an ignored directory is
  /// ignored.
  [[nodiscard]] bool ignores(const std::string& path) const;

private:
  IgnoreRules(const LibGit2& library, TemporaryDirectory own, git_repository* repository);

  const LibGit2* library_;
  TemporaryDirectory own_;
  std::unique_ptr<git_repository, void (*)(git_repository*)> repository_;
};

}  // namespace sluice::git
