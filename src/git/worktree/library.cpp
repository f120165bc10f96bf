// SPDX-License-Identifier: Apache-2.0
#include "git/worktree/library.hpp"

#include "base/shared_library.hpp"

namespace sluice::git {

namespace {

Result<LibGit2>
load()
{
  TRY_ASSIGN(const SharedLibrary library, SharedLibrary::load(SLUICE_SONAME_GIT2));
  LibGit2 git;
  TRY(library.bind("git_libgit2_init", git.libgit2_init));
  TRY(library.bind("git_libgit2_opts", git.libgit2_opts));
  TRY(library.bind("git_error_last", git.error_last));
  TRY(library.bind("git_repository_init", git.repository_init));
  TRY(library.bind("git_repository_set_workdir", git.repository_set_workdir));
  TRY(library.bind("git_repository_free", git.repository_free));
  TRY(library.bind("git_ignore_add_rule", git.ignore_add_rule));
  TRY(library.bind("git_ignore_path_is_ignored", git.ignore_path_is_ignored));
  TRY(library.bind("git_attr_get", git.attr_get));
  TRY(library.bind("git_attr_value", git.attr_value));
  git.libgit2_init();
  git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  for (const int level :
       {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
    git.libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
  }
  return git;
}

}  // namespace

Result<const LibGit2*>
libgit2()
{
  static const Result<LibGit2> loaded = load();
  if (!loaded) {
    return Failure(loaded.error());
  }
  return &*loaded;
}

}  // namespace sluice::git
