// SPDX-License-Identifier: Apache-2.0
//
// A push names what its branch pointed at before. Of the default branch that is the right place to begin: each of its
// pushes has a run of its own, and what was there before was judged. Even better is a commit for which a run is known
// to have ended well, where the platform remembers one.
//
// Of any other branch it is not. Who pushed there before, whether that run ended, was skipped (`[skip ci]`) or was ever
// started is not known, and whoever wants a commit to go unseen pushes it first and something harmless after it, or
// grows a branch from one that nothing watches. So such a push is judged by all that the default branch has not. That
// costs little: it is what the request for that branch will be judged by.
//
// A tag gets released. On a commit of the default branch it is judged since the tag before it, which was one of the
// default branch's as well; elsewhere like a branch.
#include "base/shell.hpp"
#include "base/text.hpp"
#include "ci/event_ranges.hpp"
#include "git/history.hpp"

namespace sluice::ci {

namespace {

const std::string&
pushed_id(const CiContext& context)
{
  return context.head.empty() ? context.checked_out : context.head;
}

bool
has(const Clone& clone, const git::ObjectId& branch, const git::ObjectId& commit)
{
  return git::merge_base(clone.repository(), branch, commit) == commit;
}

/// A push to a branch whose former state was judged.
GitRange
since_before(const CiContext& context, const Clone& clone, const git::ObjectId& head)
{
  RangeChoice choice{.heads = {head}, .subject = subject_of(context)};
  const auto completed = clone.commit(context.completed);
  if (completed && has(clone, head, *completed)) {
    choice.excluded = {*completed};
    choice.clause = fmt::format("since {}, for which a run ended well", completed->brief());
    return choice.range(clone);
  }
  if (context.before.empty()) {
    return since_default(context, clone, head, fmt::format("first run for {}", printable(short_ref(context.ref))))
        .range(clone);
  }
  const auto before = clone.commit(context.before);
  // In a whole clone it is gone for good and the range can only be widened; here it was not fetched, and can be.
  if (!before && clone.repository().is_shallow()) {
    return unresolved(choice.subject, clone.missing("what the branch pointed at before", context.before));
  }
  if (!before) {
    choice = since_default(context, clone, head, choice.subject);
    choice.note += fmt::format("; what it replaced, {}, is not in this clone", context.before.substr(0, 8));
    return choice.range(clone);
  }
  choice.excluded = {*before};
  choice.clause = context.forced ? "that it did not have before it was forced" : "that it did not have before";
  return choice.range(clone);
}

}  // namespace

RangeChoice
since_default(const CiContext& context, const Clone& clone, const git::ObjectId& head, std::string subject)
{
  RangeChoice choice{.heads = {head}, .subject = std::move(subject), .clause = "that it reaches"};
  const auto branch = clone.default_branch();
  if (branch && context.branch() != branch->name) {
    choice.exclude(clone, branch->tip, head);
    choice.clause = fmt::format("that it has and {} has not", printable(branch->name));
  }
  return choice;
}

GitRange
push_range(const CiContext& context, const Clone& clone, PushedBranch branch)
{
  const std::string subject = subject_of(context);
  const auto head = clone.commit(pushed_id(context));
  if (!head) {
    return unresolved(subject, clone.missing("the commit that was pushed", pushed_id(context)));
  }
  const std::string trunk = clone.default_branch_name();
  const bool is_trunk = !trunk.empty() && context.branch() == trunk;
  return is_trunk || branch == PushedBranch::trusted ? since_before(context, clone, *head)
                                                     : since_default(context, clone, *head, subject).range(clone);
}

GitRange
tag_range(const CiContext& context, const Clone& clone)
{
  const std::string subject = subject_of(context);
  const auto named = clone.repository().object_of(context.ref);
  const auto pushed = git::ObjectId::from_hex(pushed_id(context));
  auto head = clone.commit(pushed_id(context));
  std::optional<Gap> absent_tag;
  if (!head && pushed && named != pushed) {
    // The platform names the tag and fetched what it tags.
    head = clone.commit(context.checked_out);
    absent_tag = clone.missing("the tag itself, with its message,", pushed_id(context));
    absent_tag->fix = fmt::format("git fetch --force origin \\\n  {}", shell_word(fmt::format("{0}:{0}", context.ref)));
  }
  if (!head) {
    return unresolved(subject, clone.missing("the commit that was tagged", pushed_id(context)));
  }
  RangeChoice choice = since_default(context, clone, *head, subject);
  const auto trunk = clone.default_branch();
  const auto previous = trunk && has(clone, trunk->tip, *head) ? previous_tag(clone, *head) : std::nullopt;
  if (previous) {
    choice.excluded = {previous->id};
    choice.clause = fmt::format("since {}", printable(short_ref(previous->name)));
  } else if (trunk && has(clone, trunk->tip, *head)) {
    choice.excluded.clear();
    choice.clause = "that it reaches, as no tag comes before it";
  }
  GitRange range = choice.range(clone);
  range.tags = clone.tag_objects(named.value_or(pushed.value_or(*head)));
  if (absent_tag) {
    range.gaps.push_back(*std::move(absent_tag));
  }
  return range;
}

}  // namespace sluice::ci
