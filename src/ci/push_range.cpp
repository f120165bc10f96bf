// SPDX-License-Identifier: Apache-2.0
//
// A push names what its branch pointed at before, unless the branch is new or what was there is gone.
//
// A new branch leaves out what the default branch has, and what the branches have that it grew from: those whose tips
// it contains. To leave out all other branches (`rev-list --not --remotes`) is shorter and wrong: of two new branches
// that are pushed at once each run would leave out what the two share, and no run would see it. With tips that the
// branch contains, the lower of two branches always looks at what both have.
#include "base/text.hpp"
#include "ci/event_ranges.hpp"

namespace sluice::ci {

namespace {

const std::string&
pushed_id(const CiContext& context)
{
  return context.head.empty() ? context.checked_out : context.head;
}

bool
is_default_branch(const CiContext& context, std::string_view name)
{
  return context.ref == fmt::format("refs/heads/{}", name);
}

Result<GitRange>
first_push(const CiContext& context, const Clone& clone, const git::ObjectId& head)
{
  const std::string_view name = short_ref(context.ref);
  RangeChoice choice = since_default(context, clone, head, fmt::format("first run for {}", printable(name)));
  const auto trunk = clone.default_branch();
  if (is_default_branch(context, trunk ? trunk->name : context.default_branch)) {
    return choice.range(clone);
  }
  TRY_ASSIGN(const auto branches, clone.remote_branches());
  const auto grown_from = choice.tips_below(clone, branches, name);
  if (!grown_from.empty()) {
    choice.excluded.insert(choice.excluded.end(), grown_from.begin(), grown_from.end());
    choice.clause += fmt::format(", without {} that it grew from", counted(grown_from.size(), "branch", "branches"));
  }
  return choice.range(clone);
}

/// A forced push whose former commits nothing refers to any more.
GitRange
rewritten(const CiContext& context, const Clone& clone, const git::ObjectId& head)
{
  RangeChoice choice = since_default(context, clone, head, subject_of(context));
  choice.note += fmt::format("; what it replaced, {}, is not in this clone", context.before.substr(0, 8));
  return choice.range(clone);
}

}  // namespace

RangeChoice
since_default(const CiContext& context, const Clone& clone, const git::ObjectId& head, std::string subject)
{
  RangeChoice choice{.heads = {head}, .subject = std::move(subject), .clause = "that it reaches"};
  const auto branch = clone.default_branch();
  if (branch && !is_default_branch(context, branch->name)) {
    choice.exclude(clone, branch->tip, head);
    choice.clause = fmt::format("that it has and {} has not", printable(branch->name));
  }
  return choice;
}

Result<GitRange>
push_range(const CiContext& context, const Clone& clone)
{
  const std::string subject = subject_of(context);
  const auto head = clone.commit(pushed_id(context));
  if (!head) {
    return unresolved(subject, clone.missing("the commit that was pushed", pushed_id(context)));
  }
  if (context.before.empty()) {
    return first_push(context, clone, *head);
  }
  const auto before = clone.commit(context.before);
  // In a whole clone it is gone for good and the range can only be widened; here it was not fetched, and can be.
  if (!before && clone.repository().is_shallow()) {
    return unresolved(subject, clone.missing("what the branch pointed at before", context.before));
  }
  if (!before) {
    return rewritten(context, clone, *head);
  }
  RangeChoice choice{.heads = {*head}, .excluded = {*before}, .subject = subject};
  choice.clause = context.forced ? "that it did not have before it was forced" : "that it did not have before";
  return choice.range(clone);
}

GitRange
tag_range(const CiContext& context, const Clone& clone)
{
  const auto head = clone.commit(pushed_id(context));
  if (!head) {
    return unresolved(subject_of(context), clone.missing("the commit that was tagged", pushed_id(context)));
  }
  RangeChoice choice{.heads = {*head}, .subject = subject_of(context)};
  choice.clause = "that it reaches, as no tag comes before it";
  if (const auto previous = previous_tag(clone, *head)) {
    choice.excluded = {previous->id};
    choice.clause = fmt::format("since {}", printable(short_ref(previous->name)));
  }
  return choice.range(clone);
}

}  // namespace sluice::ci
