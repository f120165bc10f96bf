// SPDX-License-Identifier: Apache-2.0
//
// Whoever changes a text must not say how strictly it is judged. In a pull request that is plain; but a push to a
// branch of one's own, a tag or a run by hand is as easily made by somebody who may not merge, and a run for it is green
// before anybody has read the change. So in every CI run one branch speaks: the one that the change is to end up in.
//
// The tip of that branch, not the commit where the change left it: the author chooses where to fork, and could fork
// where the rules were weaker. And the tip only as the origin's ref says or as the platform names it: a local branch is
// made by whoever ran a checkout, in a clone of a fork the origin is the fork's author, and a branch that merely has a
// usual name (`main`) can be made by anybody who may push. Where no ref can be believed nothing is: built-in defaults
// are stricter than any file.
#include "ci/trust.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "ci/clone.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

/// "acme/shop" of "https://host/acme/shop.git" and "git@host:acme/shop"; nothing of a path on this machine.
std::optional<std::string_view>
name_in_address(std::string_view address)
{
  const std::size_t scheme = address.find("://");
  const bool has_host = scheme != std::string_view::npos
                            ? !address.starts_with("file://")
                            : address.find(':') != std::string_view::npos && address.find(':') < address.find('/');
  if (!has_host) {
    return std::nullopt;
  }
  std::string_view path = scheme == std::string_view::npos ? address.substr(address.find(':') + 1)
                                                           : address.substr(scheme + 3);
  if (scheme != std::string_view::npos) {
    path = path.substr(std::min(path.find('/') + 1, path.size()));
  }
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path.ends_with(".git") ? path.substr(0, path.size() - 4) : path;
}

/// A run for `acme/shop` may have checked out a fork of it, whose branches are its owner's.
bool
is_origin_of_another(const CiContext& context, const git::Repository& repository)
{
  const auto address = repository.remote_url("origin");
  const auto name = address ? name_in_address(*address) : std::nullopt;
  return name && !context.repository.empty() && !to_lower(*name).ends_with(to_lower(context.repository));
}

/// The tip of `branch` on the origin. A repository without remotes is its own.
std::optional<git::ObjectId>
origin_tip(const CiContext& context, const Clone& clone, std::string_view branch)
{
  if (branch.empty()) {
    return std::nullopt;
  }
  if (!clone.repository().has_remotes()) {
    return clone.repository().reference(fmt::format("refs/heads/{}", branch));
  }
  if (is_origin_of_another(context, clone.repository())) {
    return std::nullopt;
  }
  return clone.repository().reference(fmt::format("refs/remotes/origin/{}", branch));
}

/// What the run is for is the branch's tip if the platform says that the run is for the branch.
std::optional<git::ObjectId>
tip_of_own_branch(const CiContext& context, const Clone& clone, std::string_view branch)
{
  if (auto tip = origin_tip(context, clone, branch)) {
    return tip;
  }
  return clone.commit(context.checked_out.empty() ? context.head : context.checked_out);
}

std::optional<git::ObjectId>
tip_of_target(const CiContext& context, const Clone& clone)
{
  const auto branch = origin_tip(context, clone, context.target_branch);
  // Nothing was fetched into a repository without remotes, and its branch of that name may be the change itself.
  if (branch && clone.repository().has_remotes()) {
    return branch;
  }
  if (const auto merge = clone.platform_merge(); merge && clone.repository().commit(merge->first)) {
    return merge->first;
  }
  const auto named = clone.commit(context.target_tip);
  return named ? named : branch;
}

/// The platform's word or origin's; a usual name is no evidence.
std::string
name_of_default_branch(const CiContext& context, const git::Repository& repository)
{
  constexpr std::string_view prefix = "refs/remotes/origin/";
  if (!context.default_branch.empty() || is_origin_of_another(context, repository)) {
    return context.default_branch;
  }
  const std::string target = repository.symbolic_target("refs/remotes/origin/HEAD").value_or("");
  return target.starts_with(prefix) ? target.substr(prefix.size()) : std::string();
}

Trust
absent(const Clone& clone, std::string branch)
{
  std::string fix = branch.empty() ? "Name the default branch with --default-branch" : clone.fetch_branch(branch);
  return {Trust::Source::absent, std::nullopt, std::move(branch), std::move(fix)};
}

Trust
tip_or_absent(const Clone& clone, std::string branch, std::optional<git::ObjectId> tip)
{
  return tip && clone.repository().commit(*tip) ? Trust{Trust::Source::tip, tip, std::move(branch), {}}
                                                : absent(clone, std::move(branch));
}

}  // namespace

Trust
find_trust(const CiContext& context, const git::Repository& repository, const TrustedBranches& trusted_branches)
{
  const Clone clone(context, repository);
  if (context.is_request()) {
    return tip_or_absent(clone, context.target_branch, tip_of_target(context, clone));
  }
  const std::string trunk = name_of_default_branch(context, repository);
  const std::string own(context.branch());
  if (context.platform == Platform::shell) {
    return {Trust::Source::work_tree, origin_tip(context, clone, trunk), trunk, {}};
  }
  if (!trunk.empty() && own == trunk) {
    return tip_or_absent(clone, trunk, tip_of_own_branch(context, clone, own));
  }
  Trust trust = tip_or_absent(clone, trunk, origin_tip(context, clone, trunk));
  if (trust.tip && !own.empty()) {
    const std::vector<std::string> globs = trusted_branches(*trust.tip);
    if (std::any_of(globs.begin(), globs.end(), [&own](const std::string& glob) { return matches_text(glob, own); })) {
      return tip_or_absent(clone, own, tip_of_own_branch(context, clone, own));
    }
  }
  return trust;
}

}  // namespace sluice::ci
