// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "ci/git_range.hpp"

namespace sluice::ci {

namespace {

/// How each platform gets a clone to where the gate runs.
std::string
how_to_clone(const CiContext& context)
{
  switch (context.platform) {
  case Platform::github:
  case Platform::act:
    // In a container without git, actions/checkout downloads an archive of the files.
    return "Check out before this step, with git installed (without it actions/checkout fetches an archive):\n"
           "- uses: actions/checkout@v4\n  with: {fetch-depth: 0}";
  case Platform::gitlab:
  case Platform::gitlab_ci_local:
    return "variables:\n  GIT_STRATEGY: clone";
  case Platform::woodpecker:
  case Platform::drone:
    return "Let the pipeline's clone step run before this one,\nand let this one work in the directory that it clones "
           "to";
  case Platform::bitbucket:
  case Platform::azure:
  case Platform::circleci:
  case Platform::jenkins:
  case Platform::other:
    return "Check the repository out before this step,\nand let the step work in the directory of the checkout";
  case Platform::shell:
    break;
  }
  return "Run it in a clone; in a container, mount the clone's root with its .git,\n"
         "or name --scope worktree if the files on disk are all there is";
}

}  // namespace

Gap
no_repository(const CiContext& context, std::string_view why)
{
  return {GapKind::no_repository, "the repository", std::string(why), how_to_clone(context)};
}

GitRange
range_without_repository(const CiContext& context, Gap gap, Presence presence)
{
  GitRange range;
  const bool is_expected = context.platform != Platform::shell || context.event != Event::none || context.staged;
  if (presence == Presence::unusable || is_expected) {
    range.kind = RangeKind::unresolved;
    range.text = "unresolved";
    range.reason = gap.why;
    range.gaps.push_back(std::move(gap));
    return range;
  }
  range.text = "files on disk";
  range.reason = "not a git repository";
  return range;
}

}  // namespace sluice::ci
