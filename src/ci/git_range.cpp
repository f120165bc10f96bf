// SPDX-License-Identifier: Apache-2.0
//
// Which commits does this run have to judge? Every platform answers in its own words and half of them lie in some case:
// a push knows nothing of a new branch, a force push names a commit that is gone, a pull request's checkout is a merge
// that nobody wrote, a shallow clone holds none of it. To look at the whole history every time needs no answer, and
// blames each change for all that came before it. So each event has a range of its own:
//
// * a pull request, merge request or merge group: what its head has and its target has not (change_range.cpp);
// * a push to the default branch or a trusted one: what it did not have before; to any other: all that the default
//   branch has not (push_range.cpp);
// * a tag: the tag itself, and what the tag before it has not, though branches may have it all: a tag is what gets
//   released; of one beside the default branch all that this has not;
// * a git hook before a push: what that remote is not known to have (pre_push_range.cpp);
// * a git hook on the server: what no ref of the repository has (pre_receive_range.cpp);
// * a git hook before a commit: what is staged;
// * a schedule, a release, a run by hand, a shell: the whole history, for nothing says that less of it is new.
//
// Rules that hold throughout:
//
// * Too many commits is a nuisance, too few is a hole: every fallback widens the range. What cannot be known is
//   `unresolved` or a gap, never an empty range.
// * The payload's list of commits is not used: it ends at 2048, and merges are followed into every parent.
// * The range is what the head reaches without what the fork point reaches, so `excluded.front()`, where there is one,
//   is also the right text to compare with: what the target branch has gained since is not the change's doing.
#include "ci/git_range.hpp"

#include "base/shell.hpp"
#include "base/text.hpp"
#include "ci/clone.hpp"
#include "ci/event_ranges.hpp"

namespace sluice::ci {

namespace {

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

std::optional<git::ObjectId>
checked_out(const CiContext& context, const Clone& clone)
{
  return context.checked_out.empty() ? clone.repository().head() : clone.commit(context.checked_out);
}

GitRange
whole_history(const CiContext& context, const Clone& clone, std::string reason)
{
  GitRange range;
  range.kind = RangeKind::history;
  range.text = "whole history";
  range.reason = std::move(reason);
  if (const auto head = checked_out(context, clone)) {
    range.heads.push_back(*head);
  } else if (!context.checked_out.empty()) {
    range.gaps.push_back(clone.missing("the commit that this run is for", context.checked_out));
  }
  if (clone.repository().is_shallow()) {
    range.gaps.push_back(clone.cut_off());
  }
  return range;
}

/// act without an event file says no more than what is checked out. That nothing is new there is no reason to look at
/// nothing.
GitRange
range_without_event(const CiContext& context, const Clone& clone)
{
  const std::string subject = fmt::format("{} without an event file", printable(context.event_name));
  const auto head = checked_out(context, clone);
  if (!head) {
    return whole_history(context, clone, subject);
  }
  const RangeChoice choice = since_default(context, clone, *head, subject);
  GitRange range = choice.range(clone);
  if (choice.excluded.empty() || range.commits == 0) {
    return whole_history(context, clone, fmt::format("{}, and no commit that the default branch has not", subject));
  }
  return range;
}

GitRange
staged()
{
  GitRange range;
  range.kind = RangeKind::staged;
  range.text = "what is staged";
  range.reason = "pre-commit: what the next commit would bring";
  return range;
}

Result<GitRange>
range_of_event(const CiContext& context, const Clone& clone, const RangeRequest& request)
{
  if (context.empty_payload) {
    return range_without_event(context, clone);
  }
  switch (context.event) {
  case Event::pull_request:
  case Event::pull_request_target:
  case Event::merge_group:
    return change_range(context, clone);
  case Event::push:
    return push_range(context, clone, request.is_trusted_branch ? PushedBranch::trusted : PushedBranch::any);
  case Event::tag_push:
    return tag_range(context, clone);
  case Event::pre_push:
    return context.unread_refs.empty() ? pre_push_range(context, clone) : unread_refs(context);
  case Event::pre_receive:
    return context.unread_refs.empty() ? pre_receive_range(context, clone) : unread_refs(context);
  case Event::ref_delete:
    return nothing(fmt::format("{} was deleted: there is nothing to look at", printable(short_ref(context.ref))));
  case Event::none:
    return whole_history(context, clone, "no event says that less has changed");
  case Event::schedule:
  case Event::dispatch:
  case Event::release:
  case Event::other:
    break;
  }
  return whole_history(context, clone,
                       fmt::format("{}: it brings no particular change", printable(context.event_name)));
}

/// What a flag names: one revision, or several with blanks between, which no name of git's can hold.
struct Requested
{
  std::vector<git::ObjectId> commits;
  std::vector<git::ObjectId> tags;  ///< whose objects the flag names by their ids
};

Result<git::ObjectId>
requested_commit(const Clone& clone, std::string_view flag, const std::string& revision)
{
  auto id = clone.repository().resolve(revision);
  if (!id && clone.repository().is_shallow()) {
    return fail(ErrorKind::usage, "{} {}, which is shallow. Fetch all of it:\n{}", flag, id.error().message,
                clone.deepen());
  }
  if (!id) {
    return fail(ErrorKind::usage, "{} {}", flag, id.error().message);
  }
  return id;
}

Result<Requested>
requested(const Clone& clone, std::string_view flag, const std::string& revisions)
{
  Requested all;
  const auto add = [](std::vector<git::ObjectId>& ids, const git::ObjectId& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
      ids.push_back(id);
    }
  };
  for (const std::string_view word : split(trim(revisions), ' ')) {
    if (word.empty() && !trim(revisions).empty()) {
      continue;
    }
    TRY_ASSIGN(const git::ObjectId id, requested_commit(clone, flag, std::string(word)));
    add(all.commits, id);
    if (const auto named = git::ObjectId::from_hex(word)) {
      for (const git::ObjectId& tag : clone.tag_objects(*named)) {
        add(all.tags, tag);
      }
    }
  }
  return all;
}

std::string
name_of_head(const CiContext& context, const RangeRequest& request)
{
  if (!request.head.empty()) {
    return printable(request.head);
  }
  return context.head.empty() ? "HEAD" : subject_of(context);
}

/// Who names a range by hand has something in it in mind.
GitRange
checked(GitRange range, const RangeRequest& request, const git::ObjectId& head)
{
  if (range.commits != 0 || !range.gaps.empty() || !range.tags.empty()) {
    return range;
  }
  const std::string base = printable(request.base);
  const bool is_same = !range.excluded.empty() && range.excluded.front() == head;
  Gap gap{GapKind::no_range, "commit range",
          is_same ? fmt::format("the head, {}, has no commit that {} has not", head.brief(), base)
                  : fmt::format("{} reaches no commit", head.brief()),
          fmt::format("Name a base that the head has left behind and a head that is ahead of it:\n"
                      "git log --oneline {} must list what is to be judged",
                      shell_word(fmt::format("{}..{}", request.base, request.head.empty() ? "HEAD" : request.head)))};
  GitRange empty = unresolved("", std::move(gap));
  empty.reason = std::move(range.reason);
  return empty;
}

/// --base alone is compared with the event's head: in a pull request HEAD is a merge that nobody wrote.
Result<GitRange>
range_of_request(const CiContext& context, const Clone& clone, const RangeRequest& request)
{
  RangeChoice choice{.subject = request.base.empty()   ? "--head"
                                : request.head.empty() ? "--base"
                                                       : "--base and --head"};
  choice.clause = fmt::format("that {} has", name_of_head(context, request));
  std::vector<git::ObjectId> tags;
  if (request.head.empty()) {
    const auto head = context.head.empty() ? checked_out(context, clone) : head_of_change(context, clone, choice.note);
    if (!head) {
      const std::string& id = context.head.empty() ? context.checked_out : context.head;
      return unresolved(choice.subject, clone.missing("the head to compare with", id));
    }
    choice.heads = {*head};
  } else {
    TRY_ASSIGN(Requested heads, requested(clone, "--head", request.head));
    choice.heads = std::move(heads.commits);
    tags = std::move(heads.tags);
  }
  if (!request.base.empty()) {
    TRY_ASSIGN(const Requested bases, requested(clone, "--base", request.base));
    if (bases.commits.size() + choice.heads.size() == 2) {
      choice.exclude(clone, bases.commits.front(), choice.heads.front());
    } else {
      append(choice.excluded, bases.commits);
    }
    choice.clause += fmt::format(" and {} has not", printable(request.base));
  }
  GitRange range = choice.range(clone);
  range.tags = std::move(tags);
  return checked(std::move(range), request, choice.heads.front());
}

}  // namespace

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

Result<GitRange>
resolve_range(const CiContext& context, const git::Repository& repository, const RangeRequest& request)
{
  const Clone clone(context, repository);
  if (!request.base.empty() || !request.head.empty()) {
    TRY_ASSIGN(GitRange range, range_of_request(context, clone, request));
    range.is_committed = !request.head.empty();
    return range;
  }
  if (!context.to_revision.empty()) {
    TRY_ASSIGN(GitRange range, range_of_request(context, clone, {context.from_revision, context.to_revision}));
    range.is_committed = true;
    return range;
  }
  if (context.staged) {
    return staged();
  }
  TRY_ASSIGN(GitRange range, range_of_event(context, clone, request));
  range.is_committed = context.event == Event::pre_push || context.event == Event::pre_receive;
  return range;
}

}  // namespace sluice::ci
