// SPDX-License-Identifier: Apache-2.0
#include "git/worktree/ignore.hpp"

#include "git/worktree/library.hpp"

namespace sluice::git {

namespace {

constexpr std::uint64_t max_exclude_bytes = 16U << 20U;

Failure
failed(const LibGit2& library, std::string_view what)
{
  const git_error* error = library.error_last();
  return fail(ErrorKind::environment, "{}: {}", what, error != nullptr ? error->message : "for no known reason");
}

}  // namespace

IgnoreRules::IgnoreRules(const LibGit2& library, TemporaryDirectory own, git_repository* repository)
    : library_(&library),
      own_(std::move(own)),
      repository_(repository, library.repository_free)
{}

Result<IgnoreRules>
IgnoreRules::load(const Repository& repository)
{
  TRY_ASSIGN(const LibGit2* const library, libgit2());
  TRY_ASSIGN(TemporaryDirectory own, TemporaryDirectory::create("sluice-ignore"));
  git_repository* opened = nullptr;
  if (library->repository_init(&opened, own.path().c_str(), 0) != 0) {
    return failed(*library, "ignore rules: cannot make a repository to evaluate them in");
  }
  IgnoreRules rules(*library, std::move(own), opened);
  if (library->repository_set_workdir(opened, repository.work_tree().c_str(), 0) != 0) {
    return failed(*library, fmt::format("{}: cannot read its ignore rules", repository.work_tree().string()));
  }
  const auto excluded = read_file(repository.common_directory() / "info" / "exclude", max_exclude_bytes);
  if (excluded && library->ignore_add_rule(opened, excluded->c_str()) != 0) {
    return failed(*library, fmt::format("{}: cannot read info/exclude", repository.common_directory().string()));
  }
  return rules;
}

bool
IgnoreRules::ignores(const std::string& path) const
{
  int ignored = 0;
  // A path that libgit2 cannot judge is not ignored: rather one file too many.
  return library_->ignore_path_is_ignored(&ignored, repository_.get(), path.c_str()) == 0 && ignored != 0;
}

}  // namespace sluice::git
