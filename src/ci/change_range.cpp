// SPDX-License-Identifier: Apache-2.0
//
// What a change brings lies between two commits, and neither is what the checkout suggests: GitHub checks out a merge
// of the two. To judge that merge would be the shortest way and would mix the change with whatever the target has
// gained. The merge is of use nevertheless: in a clone of depth 2 its parents are there when the commits that the
// payload names are not.
//
// GitHub names the tip of the target as the base, GitLab the point where the two parted. Both come to the same, because
// a range always ends at the fork point (RangeChoice::exclude); that is also why the target's present tip can stand in
// for a base that was not fetched. Nothing stands in for the head but that merge: any other commit could leave some of
// the change unseen.
#include "base/text.hpp"
#include "ci/event_ranges.hpp"

namespace sluice::ci {

namespace {

std::optional<git::ObjectId>
target_of_change(const CiContext& context, const Clone& clone, const git::ObjectId& head, std::string& note)
{
  if (auto base = clone.commit(context.base)) {
    return base;
  }
  const auto merge = clone.platform_merge();
  if (merge && merge->second == head && clone.repository().commit(merge->first)) {
    return merge->first;
  }
  if (context.event == Event::merge_group) {
    return std::nullopt;  // its base may be another group's head, which no branch has yet
  }
  auto tip = clone.branch(context.target_branch);
  if (tip && !context.base.empty()) {
    note += fmt::format("; its base {} is not in this clone, the tip of {} is", context.base.substr(0, 8),
                        printable(context.target_branch));
  }
  return tip;
}

Gap
no_head(const CiContext& context, const Clone& clone)
{
  const std::string what = fmt::format("the head of {}", subject_of(context));
  if (context.head.empty()) {
    return clone.unnamed(what);
  }
  Gap gap = clone.missing(what, context.head);
  if (context.event == Event::pull_request_target) {
    gap.why = fmt::format("{} is not in this clone: pull_request_target checks the target branch out", what);
    gap.fix = "with:\n  fetch-depth: 0\n  ref: ${{ github.event.pull_request.head.sha }}\nand run nothing of what it "
              "checks out, or use the pull_request event";
  }
  return gap;
}

Gap
no_target(const CiContext& context, const Clone& clone)
{
  const std::string what = fmt::format("the base of {}", subject_of(context));
  if (context.target_branch.empty()) {
    return context.base.empty() ? clone.unnamed(what) : clone.missing(what, context.base);
  }
  return clone.missing(fmt::format("{}, {},", printable(context.target_branch), what), context.base);
}

}  // namespace

std::optional<git::ObjectId>
head_of_change(const CiContext& context, const Clone& clone, std::string& note)
{
  if (auto head = clone.commit(context.head)) {
    return head;
  }
  const auto merge = clone.platform_merge();
  if (!merge || !clone.repository().commit(merge->second)) {
    return std::nullopt;
  }
  if (!context.head.empty()) {
    note = fmt::format("; its head {} is not in this clone, the change that the checked out merge commit holds is",
                       context.head.substr(0, 8));
  }
  return merge->second;
}

GitRange
change_range(const CiContext& context, const Clone& clone)
{
  RangeChoice choice{.subject = subject_of(context)};
  const auto head = head_of_change(context, clone, choice.note);
  if (!head) {
    return unresolved(choice.subject, no_head(context, clone));
  }
  const auto target = target_of_change(context, clone, *head, choice.note);
  if (!target) {
    return unresolved(choice.subject, no_target(context, clone));
  }
  const std::string target_name = context.target_branch.empty() ? "its target" : printable(context.target_branch);
  choice.heads = {*head};
  choice.exclude(clone, *target, *head);
  choice.clause = fmt::format("that its head has and {} has not", target_name);
  return choice.range(clone);
}

}  // namespace sluice::ci
