// SPDX-License-Identifier: Apache-2.0
#include "ci/clone.hpp"

#include "base/shell.hpp"
#include "base/text.hpp"
#include "ci/address.hpp"
#include "git/object_store.hpp"

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
  if (name.empty() || is_of_another()) {
    return std::nullopt;
  }
  auto tip = repository_.reference(fmt::format("refs/remotes/origin/{}", name));
  // act copies a person's own repository.
  const bool is_its_own = !repository_.has_remotes() || context_.platform == Platform::act;
  return tip || !is_its_own ? tip : repository_.reference(fmt::format("refs/heads/{}", name));
}

bool
Clone::is_of_another() const
{
  const auto url = repository_.remote_url("origin");
  const auto address = url ? address_of(*url) : std::nullopt;
  const std::string own = to_lower(context_.repository);
  // A server may keep its repositories below a directory.
  return address && !own.empty() && address->path != own && !address->path.ends_with("/" + own);
}

std::string
Clone::default_branch_name() const
{
  constexpr std::string_view prefix = "refs/remotes/origin/";
  if (!context_.default_branch.empty() || is_of_another()) {
    return context_.default_branch;
  }
  const std::string target = repository_.symbolic_target("refs/remotes/origin/HEAD").value_or("");
  return target.starts_with(prefix) ? target.substr(prefix.size()) : std::string();
}

std::optional<RemoteBranch>
Clone::default_branch() const
{
  std::vector<std::string> names{default_branch_name()};
  if (names.front().empty() && context_.platform == Platform::act) {
    names = {"main", "master"};
  }
  for (std::string& name : names) {
    if (const auto tip = branch(name)) {
      return RemoteBranch{"", std::move(name), *tip};
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
  std::string whole = deepen();
  if (repository_.is_shallow() && !whole.starts_with("git ")) {
    return whole;  // what makes the platform fetch all commits makes it fetch all branches
  }
  const std::string refspec = fmt::format("+refs/heads/{0}:refs/remotes/origin/{0}", name);
  return fmt::format("git fetch origin \\\n  {}", shell_word(refspec));
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
Clone::no_commit(const PushedRef& ref) const
{
  const std::string name = printable(ref.remote_ref);
  auto id = git::ObjectId::from_hex(ref.local_id);
  if (!id || !repository_.objects().contains(*id)) {
    return missing(fmt::format("what {} gets", name), ref.local_id);
  }
  if (const auto tags = tag_objects(*id); !tags.empty()) {
    const auto innermost = repository_.objects().read(tags.back());
    const auto target = innermost ? git::tag_target(innermost->content) : std::nullopt;
    if (target && !repository_.objects().contains(*target)) {
      return missing(fmt::format("what the tag {} is of", name), target->hex());
    }
  }
  return {GapKind::unjudged, name, "names no commit, and only commits are examined before a push",
          "Push a commit, or a tag of one"};
}

std::vector<git::ObjectId>
Clone::tag_objects(const git::ObjectId& outermost) const
{
  constexpr std::size_t most = 16;
  std::vector<git::ObjectId> tags;
  std::optional<git::ObjectId> at = outermost;
  while (at && tags.size() < most) {
    const auto object = repository_.objects().read(*at);
    if (!object || object->kind != git::ObjectKind::tag) {
      break;
    }
    tags.push_back(*at);
    at = git::tag_target(object->content);
  }
  return tags;
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
