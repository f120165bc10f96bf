// SPDX-License-Identifier: Apache-2.0
#include "git/worktree/ignore.hpp"

#include "git/worktree/library.hpp"

#include <git2.h>

namespace sluice::git {

namespace {

constexpr std::uint64_t max_exclude_bytes = 16U << 20U;

Failure
failed(std::string_view what)
{
  const git_error* error = git_error_last();
  return fail(ErrorKind::environment, "{}: {}", what, error != nullptr ? error->message : "for no known reason");
}

}  // namespace

void
IgnoreRules::Closer::operator()(git_repository* repository) const
{
  git_repository_free(repository);
}

IgnoreRules::IgnoreRules(TemporaryDirectory own, git_repository* repository)
    : own_(std::move(own)),
      repository_(repository)
{}

Result<IgnoreRules>
IgnoreRules::load(const Repository& repository)
{
  start_library();
  TRY_ASSIGN(TemporaryDirectory own, TemporaryDirectory::create("sluice-ignore"));
  git_repository* opened = nullptr;
  if (git_repository_init(&opened, own.path().c_str(), 0) != 0) {
    return failed("ignore rules: cannot make a repository to evaluate them in");
  }
  IgnoreRules rules(std::move(own), opened);
  if (git_repository_set_workdir(opened, repository.work_tree().c_str(), 0) != 0) {
    return failed(fmt::format("{}: cannot read its ignore rules", repository.work_tree().string()));
  }
  const auto excluded = read_file(repository.common_directory() / "info" / "exclude", max_exclude_bytes);
  if (excluded && git_ignore_add_rule(opened, excluded->c_str()) != 0) {
    return failed(fmt::format("{}: cannot read info/exclude", repository.common_directory().string()));
  }
  return rules;
}

bool
IgnoreRules::ignores(const std::string& path) const
{
  int ignored = 0;
  // A path that libgit2 cannot judge is not ignored: rather one file too many.
  return git_ignore_path_is_ignored(&ignored, repository_.get(), path.c_str()) == 0 && ignored != 0;
}

}  // namespace sluice::git
