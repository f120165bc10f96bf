// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <git2.h>

namespace sluice::git {

/// What is used of libgit2, each under its name there without the first part.
struct LibGit2
{
  decltype(&::git_libgit2_init) libgit2_init = nullptr;
  decltype(&::git_libgit2_opts) libgit2_opts = nullptr;
  decltype(&::git_error_last) error_last = nullptr;
  decltype(&::git_repository_init) repository_init = nullptr;
  decltype(&::git_repository_set_workdir) repository_set_workdir = nullptr;
  decltype(&::git_repository_free) repository_free = nullptr;
  decltype(&::git_ignore_add_rule) ignore_add_rule = nullptr;
  decltype(&::git_ignore_path_is_ignored) ignore_path_is_ignored = nullptr;
  decltype(&::git_attr_get) attr_get = nullptr;
  decltype(&::git_attr_value) attr_value = nullptr;
};

/// Loads and starts libgit2 once for the process, deaf to the configuration of the machine: a gate must see the same
/// files everywhere. Errors (ErrorKind::environment): it cannot be loaded.
[[nodiscard]] Result<const LibGit2*> libgit2();

}  // namespace sluice::git
