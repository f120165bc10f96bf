// SPDX-License-Identifier: Apache-2.0
#include "ci/clone.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::ci {

namespace {

std::optional<RemoteBranch>
split_remote(const git::Reference& reference)
{
  constexpr std::string_view prefix = "refs/remotes/";
  const std::string_view name = reference.name;
  if (!name.starts_with(prefix)) {
    return std::nullopt;
  }
  const std::string_view rest = name.substr(prefix.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || rest.substr(slash + 1) == "HEAD") {
    return std::nullopt;
  }
  return RemoteBranch{std::string(rest.substr(0, slash)), std::string(rest.substr(slash + 1)), reference.id};
}

}  // namespace

std::optional<git::ObjectId>
Clone::commit(std::string_view hex) const
{
  if (!git::ObjectId::from_hex(hex)) {
    return std::nullopt;
  }
  auto id = repository_.resolve(hex);
  return id ? std::optional(*id) : std::nullopt;
}

std::optional<git::ObjectId>
Clone::branch(std::string_view name) const
{
  if (name.empty()) {
    return std::nullopt;
  }
  if (auto tip = repository_.reference(fmt::format("refs/remotes/origin/{}", name))) {
    return tip;
  }
  if (const auto branches = remote_branches()) {
    const auto found = std::find_if(branches->begin(), branches->end(),
                                    [name](const RemoteBranch& branch) { return branch.name == name; });
    if (found != branches->end()) {
      return found->tip;
    }
  }
  return repository_.reference(fmt::format("refs/heads/{}", name));
}

std::optional<RemoteBranch>
Clone::default_branch() const
{
  if (!context_.default_branch.empty()) {
    const auto tip = branch(context_.default_branch);
    return tip ? std::optional(RemoteBranch{"", context_.default_branch, *tip}) : std::nullopt;
  }
  if (const auto tip = repository_.reference("refs/remotes/origin/HEAD")) {
    return RemoteBranch{"", "origin's default branch", *tip};
  }
  for (const std::string_view name : {"main", "master"}) {
    if (const auto tip = branch(name)) {
      return RemoteBranch{"", std::string(name), *tip};
    }
  }
  return std::nullopt;
}

Result<std::vector<RemoteBranch>>
Clone::remote_branches() const
{
  TRY_ASSIGN(const auto references, repository_.references());
  std::vector<RemoteBranch> branches;
  for (const git::Reference& reference : references) {
    auto branch = split_remote(reference);
    if (branch && repository_.commit(branch->tip)) {
      branches.push_back(std::move(*branch));
    }
  }
  return branches;
}

std::optional<std::pair<git::ObjectId, git::ObjectId>>
Clone::platform_merge() const
{
  const auto id = commit(context_.checked_out);
  const Platform platform = context_.platform;
  const bool platform_merges =
      context_.event == Event::pull_request
      && (platform == Platform::github || platform == Platform::act || platform == Platform::azure);
  if (!id || !platform_merges) {
    return std::nullopt;
  }
  const auto merge = repository_.commit(*id);
  if (!merge || merge->parents.size() != 2) {
    return std::nullopt;
  }
  return std::pair(merge->parents[0], merge->parents[1]);
}

std::string
Clone::deepen() const
{
  switch (context_.platform) {
  case Platform::github:
  case Platform::act:
    return "with:\n  fetch-depth: 0";
  case Platform::gitlab:
  case Platform::gitlab_ci_local:
    return "variables:\n  GIT_DEPTH: \"0\"";
  case Platform::bitbucket:
    return "clone:\n  depth: full";
  case Platform::azure:
    return "- checkout: self\n  fetchDepth: 0";
  case Platform::shell:
  case Platform::woodpecker:
  case Platform::drone:
  case Platform::circleci:
  case Platform::jenkins:
  case Platform::other:
    break;
  }
  return "git fetch --unshallow";
}

std::string
Clone::fetch_branch(std::string_view name) const
{
  const std::string whole = deepen();
  if (repository_.is_shallow() && !whole.starts_with("git ")) {
    return whole;  // what makes the platform fetch all commits makes it fetch all branches
  }
  const std::string shown = printable(name);
  return fmt::format("git fetch origin \\\n  +refs/heads/{}:refs/remotes/origin/{}", shown, shown);
}

Gap
Clone::missing(std::string_view what, std::string_view hex) const
{
  Gap gap;
  gap.kind = repository_.is_shallow() ? GapKind::shallow : GapKind::missing_object;
  gap.subject = hex.empty() ? "commit range" : fmt::format("commit {}", hex.substr(0, 8));
  if (repository_.is_shallow()) {
    gap.why = fmt::format("{} is not in this clone, which holds only the newest commits", what);
    gap.fix = deepen();
  } else {
    gap.why = fmt::format("{} is not in this clone", what);
    gap.fix = hex.empty() ? "git fetch origin" : fmt::format("git fetch origin {}", hex);
  }
  return gap;
}

Gap
Clone::unnamed(std::string_view what) const
{
  const std::string_view platform = name_of(context_.platform);
  return {GapKind::no_range, "commit range", fmt::format("{} does not say what {} is", platform, what),
          "Name the range with --base and --head"};
}

Gap
Clone::cut_off() const
{
  const std::string commits = counted(repository_.shallow().size(), "commit", "commits");
  return {GapKind::shallow, "shallow clone",
          fmt::format("the history ends at {} whose parents were not fetched", commits), deepen()};
}

}  // namespace sluice::ci
