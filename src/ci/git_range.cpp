// SPDX-License-Identifier: Apache-2.0
//
// Which commits does this run have to judge? Every platform answers in its own words and half of them lie in some
// case: a push knows nothing of a new branch, a force push names a commit that is gone, a pull request's checkout is a
// merge that nobody wrote, a shallow clone holds none of it. Rules that hold throughout:
//
// * Too many commits is a nuisance, too few is a hole: every fallback widens the range. What cannot be known is
//   `unresolved` or a gap, never an empty range.
// * The payload's list of commits is not used: it ends at 2048, and merges are followed into every parent.
// * The range is what the head reaches without what the fork point reaches, so `excluded.front()`, where there is one,
//   is also the right text to compare with: what the target branch has gained since is not the change's doing.
// * A new branch leaves out what the default branch has and what the branches have that it grew from, that is, whose
//   tips it contains. Leaving out all other branches (`--not --remotes`) would be shorter and wrong: two new branches
//   pushed at once would each leave out what they share, and no run would see it.
#include "ci/git_range.hpp"

#include "base/text.hpp"
#include "ci/clone.hpp"
#include "ci/range_choice.hpp"
#include "git/history.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

bool
is_request(Event event)
{
  return event == Event::pull_request || event == Event::pull_request_target || event == Event::merge_group;
}

/// "pull request #12", "merge request !12"
std::string
name_of_request(const CiContext& context)
{
  const bool is_gitlab = context.platform == Platform::gitlab || context.platform == Platform::gitlab_ci_local;
  const std::string number = printable(context.number);
  if (is_gitlab && context.event_name != "external_pull_request_event") {
    return number.empty() ? "merge request" : fmt::format("merge request !{}", number);
  }
  return number.empty() ? "pull request" : fmt::format("pull request #{}", number);
}

/// What the run is about, for people.
std::string
subject_of(const CiContext& context)
{
  switch (context.event) {
  case Event::pull_request:
  case Event::pull_request_target:
    return name_of_request(context);
  case Event::merge_group:
    return "merge group";
  case Event::tag_push:
    return fmt::format("tag {}", printable(short_ref(context.ref)));
  case Event::push:
    return fmt::format("push to {}", printable(short_ref(context.ref)));
  default:
    return printable(context.event_name);
  }
}

/// One event after another, each as a choice of heads and exclusions, or a finished range.
class RangeResolver
{
public:
  RangeResolver(const CiContext& context, const git::Repository& repository)
      : context_(context),
        clone_(context, repository),
        subject_(subject_of(context))
  {}

  [[nodiscard]] Result<GitRange> from_request(const RangeRequest& request) const;
  [[nodiscard]] Result<GitRange> from_event() const;

private:
  [[nodiscard]] GitRange change() const;
  [[nodiscard]] Result<GitRange> pushed() const;
  [[nodiscard]] Result<GitRange> created(const git::ObjectId& head) const;
  [[nodiscard]] GitRange rewritten(const git::ObjectId& head) const;
  [[nodiscard]] GitRange tagged() const;
  [[nodiscard]] GitRange without_event() const;
  [[nodiscard]] GitRange whole_history(std::string reason) const;

  [[nodiscard]] std::optional<git::ObjectId> head_of_change(std::string& note) const;
  [[nodiscard]] std::optional<git::ObjectId> target_of_change(const git::ObjectId& head, std::string& note) const;
  [[nodiscard]] RangeChoice since_default(const git::ObjectId& head, std::string subject) const;
  [[nodiscard]] std::optional<git::ObjectId> checked_out() const;
  [[nodiscard]] const std::string& pushed_id() const;
  [[nodiscard]] GitRange unresolved(Gap gap) const;

  const CiContext& context_;
  Clone clone_;
  std::string subject_;
};

std::optional<git::ObjectId>
RangeResolver::checked_out() const
{
  return context_.checked_out.empty() ? clone_.repository().head() : clone_.commit(context_.checked_out);
}

const std::string&
RangeResolver::pushed_id() const
{
  return context_.head.empty() ? context_.checked_out : context_.head;
}

GitRange
RangeResolver::unresolved(Gap gap) const
{
  GitRange range;
  range.kind = RangeKind::unresolved;
  range.text = "unresolved";
  range.reason = fmt::format("{}: this clone does not hold what tells which commits it brings", subject_);
  range.gaps.push_back(std::move(gap));
  return range;
}

GitRange
RangeResolver::whole_history(std::string reason) const
{
  GitRange range;
  range.kind = RangeKind::history;
  range.text = "whole history";
  range.reason = std::move(reason);
  if (const auto head = checked_out()) {
    range.heads.push_back(*head);
  } else if (!context_.checked_out.empty()) {
    range.gaps.push_back(clone_.missing("the commit that this run is for", context_.checked_out));
  }
  if (clone_.repository().is_shallow()) {
    range.gaps.push_back(clone_.cut_off());
  }
  return range;
}

std::optional<git::ObjectId>
RangeResolver::head_of_change(std::string& note) const
{
  if (auto head = clone_.commit(context_.head)) {
    return head;
  }
  const auto merge = clone_.platform_merge();
  if (!merge || !clone_.repository().commit(merge->second)) {
    return std::nullopt;
  }
  note = fmt::format("; its head {} is not in this clone, the change that the checked out merge commit holds is",
                     context_.head.substr(0, 8));
  return merge->second;
}

std::optional<git::ObjectId>
RangeResolver::target_of_change(const git::ObjectId& head, std::string& note) const
{
  if (auto base = clone_.commit(context_.base)) {
    return base;
  }
  const auto merge = clone_.platform_merge();
  if (merge && merge->second == head && clone_.repository().commit(merge->first)) {
    return merge->first;
  }
  auto tip = clone_.branch(context_.target_branch);
  if (tip && !context_.base.empty()) {
    note += fmt::format("; its base {} is not in this clone, the tip of {} is", context_.base.substr(0, 8),
                        printable(context_.target_branch));
  }
  return tip;
}

GitRange
RangeResolver::change() const
{
  RangeChoice choice{.subject = subject_};
  const auto head = head_of_change(choice.note);
  if (!head) {
    Gap gap = clone_.missing(fmt::format("the head of {}", subject_), context_.head);
    if (context_.event == Event::pull_request_target && !context_.head.empty()) {
      gap.why = fmt::format("the head of {} is not in this clone: pull_request_target checks the target branch out",
                            subject_);
      gap.fix = "with:\n  fetch-depth: 0\n  ref: ${{ github.event.pull_request.head.sha }}\nand run nothing of what it "
                "checks out, or use the pull_request event";
    }
    return unresolved(std::move(gap));
  }
  const auto target = target_of_change(*head, choice.note);
  if (!target) {
    const std::string what = context_.target_branch.empty()
                                 ? fmt::format("the base of {}", subject_)
                                 : fmt::format("{}, the base of {},", printable(context_.target_branch), subject_);
    return unresolved(clone_.missing(what, context_.base));
  }
  const std::string_view target_name = context_.target_branch.empty() ? "its target" : context_.target_branch;
  choice.heads = {*head};
  choice.exclude(clone_, *target, *head);
  choice.clause = fmt::format("that its head has and {} has not", printable(target_name));
  return choice.range(clone_);
}

RangeChoice
RangeResolver::since_default(const git::ObjectId& head, std::string subject) const
{
  RangeChoice choice{.heads = {head}, .subject = std::move(subject), .clause = "that it reaches"};
  const auto main = clone_.default_branch();
  if (main && context_.ref != fmt::format("refs/heads/{}", main->name)) {
    choice.exclude(clone_, main->tip, head);
    choice.clause = fmt::format("that it has and {} has not", printable(main->name));
  }
  return choice;
}

Result<GitRange>
RangeResolver::created(const git::ObjectId& head) const
{
  const std::string name = printable(short_ref(context_.ref));
  RangeChoice choice = since_default(head, fmt::format("first run for {}", name));
  if (context_.ref == fmt::format("refs/heads/{}", context_.default_branch)) {
    return choice.range(clone_);
  }
  TRY_ASSIGN(const auto branches, clone_.remote_branches());
  const auto grown_from = choice.tips_below(clone_, branches, short_ref(context_.ref));
  if (!grown_from.empty()) {
    choice.excluded.insert(choice.excluded.end(), grown_from.begin(), grown_from.end());
    choice.clause += fmt::format(", nor {} that it grew from", counted(grown_from.size(), "branch", "branches"));
  }
  return choice.range(clone_);
}

GitRange
RangeResolver::rewritten(const git::ObjectId& head) const
{
  RangeChoice choice = since_default(head, subject_);
  choice.note = fmt::format("; what it replaced, {}, is not in this clone", context_.before.substr(0, 8));
  return choice.range(clone_);
}

Result<GitRange>
RangeResolver::pushed() const
{
  const auto head = clone_.commit(pushed_id());
  if (!head) {
    return unresolved(clone_.missing("the commit that was pushed", pushed_id()));
  }
  if (context_.before.empty()) {
    return created(*head);
  }
  const auto before = clone_.commit(context_.before);
  if (!before) {
    return clone_.repository().is_shallow()
               ? unresolved(clone_.missing("what the branch pointed at before", context_.before))
               : rewritten(*head);
  }
  RangeChoice choice{.heads = {*head}, .excluded = {*before}, .subject = subject_};
  choice.clause = context_.forced ? "that were not there before it was forced" : "that were not there before";
  return choice.range(clone_);
}

GitRange
RangeResolver::tagged() const
{
  const auto head = clone_.commit(pushed_id());
  if (!head) {
    return unresolved(clone_.missing("the commit that was tagged", pushed_id()));
  }
  RangeChoice choice{.heads = {*head}, .subject = subject_, .clause = "that it reaches, as no tag is before it"};
  if (const auto previous = previous_tag(clone_, *head)) {
    choice.excluded = {previous->id};
    choice.clause = fmt::format("since {}", printable(short_ref(previous->name)));
  }
  return choice.range(clone_);
}

GitRange
RangeResolver::without_event() const
{
  const auto head = checked_out();
  if (!head) {
    return unresolved(clone_.missing("the commit that is checked out", context_.checked_out));
  }
  RangeChoice choice = since_default(*head, fmt::format("{} without an event file", printable(context_.event_name)));
  GitRange range = choice.range(clone_);
  // An event without content cannot tell that there is nothing to judge.
  if (choice.excluded.empty() || range.commits == 0) {
    return whole_history(fmt::format("{} without an event file, and nothing that the default branch has not",
                                     printable(context_.event_name)));
  }
  return range;
}

Result<GitRange>
RangeResolver::from_event() const
{
  if (context_.event == Event::pre_push) {
    return pre_push_range(context_, clone_);
  }
  if (context_.event == Event::ref_delete) {
    return nothing(fmt::format("{} was deleted: there is nothing to look at", printable(short_ref(context_.ref))));
  }
  if (context_.empty_payload) {
    return without_event();
  }
  if (is_request(context_.event)) {
    return change();
  }
  if (context_.event == Event::push) {
    return pushed();
  }
  if (context_.event == Event::tag_push) {
    return tagged();
  }
  return whole_history(context_.event_name.empty()
                           ? "no event tells of a smaller range"
                           : fmt::format("{}: it is about no change in particular", printable(context_.event_name)));
}

Result<GitRange>
RangeResolver::from_request(const RangeRequest& request) const
{
  const auto named = [this](const std::string& revision, std::string_view flag) -> Result<git::ObjectId> {
    auto id = clone_.repository().resolve(revision);
    if (!id) {
      return fail(ErrorKind::usage, "{} {}{}{}", flag, id.error().message,
                  clone_.repository().is_shallow() ? " (it is shallow)\n" : "",
                  clone_.repository().is_shallow() ? clone_.deepen() : "");
    }
    return id;
  };
  RangeChoice choice{.subject = "asked for"};
  std::string head_name = request.head;
  if (!request.head.empty()) {
    TRY_ASSIGN(auto head, named(request.head, "--head"));
    choice.heads = {head};
  } else {
    const auto head = context_.head.empty() ? checked_out() : head_of_change(choice.note);
    if (!head) {
      return unresolved(clone_.missing("the head that --base is compared with", pushed_id()));
    }
    choice.heads = {*head};
    head_name = context_.head.empty() ? "HEAD" : subject_;
  }
  choice.clause = fmt::format("that {} has", printable(head_name));
  if (!request.base.empty()) {
    TRY_ASSIGN(const auto base, named(request.base, "--base"));
    choice.exclude(clone_, base, choice.heads.front());
    choice.clause += fmt::format(" and {} has not", printable(request.base));
  }
  return choice.range(clone_);
}

}  // namespace

Result<GitRange>
resolve_range(const CiContext& context, const git::Repository& repository, const RangeRequest& request)
{
  const RangeResolver resolver(context, repository);
  return request.base.empty() && request.head.empty() ? resolver.from_event() : resolver.from_request(request);
}

}  // namespace sluice::ci
