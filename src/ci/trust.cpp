// SPDX-License-Identifier: Apache-2.0
//
// Whoever changes a text must not say how strictly it is judged. In a pull request that is plain; but a push to a
// branch of one's own, a tag or a run by hand is as easily made by somebody who may not merge, and a run for it is
// green before anybody has read the change. So in every CI run one branch speaks: the one that the change is to end up
// in.
//
// The tip of that branch, not the commit where the change left it: the author chooses where to fork, and could fork
// where the rules were weaker. And the tip only as the origin's ref says or as the platform names it: a local branch is
// made by whoever ran a checkout, in a clone of a fork the origin is the fork's author, and a branch that merely has a
// usual name (`main`) can be made by anybody who may push. Where no ref can be believed nothing is: built-in defaults
// are stricter than any file.
#include "ci/trust.hpp"

#include "base/glob.hpp"
#include "ci/clone.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

/// What the run is for is the branch's tip if the platform says that the run is for the branch.
std::optional<git::ObjectId>
tip_of_own_branch(const CiContext& context, const Clone& clone, std::string_view branch)
{
  if (auto tip = clone.branch(branch)) {
    return tip;
  }
  return clone.commit(context.checked_out.empty() ? context.head : context.checked_out);
}

std::optional<git::ObjectId>
tip_of_target(const CiContext& context, const Clone& clone)
{
  const auto branch = clone.branch(context.target_branch);
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
  const std::string trunk = clone.default_branch_name();
  const std::string own(context.branch());
  if (context.platform == Platform::shell) {
    return {Trust::Source::work_tree, clone.branch(trunk), trunk, {}};
  }
  if (!trunk.empty() && own == trunk) {
    return tip_or_absent(clone, trunk, tip_of_own_branch(context, clone, own));
  }
  Trust trust = tip_or_absent(clone, trunk, clone.branch(trunk));
  if (trust.tip && !own.empty()) {
    const std::vector<std::string> globs = trusted_branches(*trust.tip);
    if (std::any_of(globs.begin(), globs.end(), [&own](const std::string& glob) { return matches_text(glob, own); })) {
      return tip_or_absent(clone, own, tip_of_own_branch(context, clone, own));
    }
  }
  return trust;
}

}  // namespace sluice::ci
