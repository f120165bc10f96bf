// SPDX-License-Identifier: Apache-2.0
//
// git tells a pre-push hook what each ref is and what the remote's was. Where the remote's is new or not here, what is
// known of the remote's other branches is left out instead. That knowledge belongs to one remote: a commit that the
// private remote has may be news to the public one. So with several remotes and no name nothing is left out, nor for a
// place that no remote was ever fetched from.
#include "base/text.hpp"
#include "ci/address.hpp"
#include "ci/event_ranges.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

/// The remote that is pushed to, "" if there is none, nothing if it cannot be told. A name is believed only with the
/// place that it stands for: what was fetched from a private server says nothing of a public one, whatever it is
/// called.
std::optional<std::string>
pushed_remote(const CiContext& context, const git::Repository& repository)
{
  const std::vector<std::string> known = repository.remotes();
  if (context.remote.empty() && context.remote_url.empty()) {
    return known.size() > 1 ? std::nullopt : std::optional(known.empty() ? std::string() : known.front());
  }
  const std::string& place = context.remote_url.empty() ? context.remote : context.remote_url;
  const auto is_meant = [&](const std::string& name) {
    const bool is_named = name == context.remote && context.remote_url.empty();
    return is_named || is_same_place(repository.remote_url(name).value_or(""), place);
  };
  if (std::find(known.begin(), known.end(), context.remote) != known.end()) {
    return is_meant(context.remote) ? std::optional(context.remote) : std::nullopt;
  }
  const auto found = std::find_if(known.begin(), known.end(), is_meant);
  return found == known.end() ? std::nullopt : std::optional(*found);
}

void
exclude_remote(RangeChoice& choice, const CiContext& context, const Clone& clone,
               const std::vector<RemoteBranch>& branches)
{
  const auto remote = pushed_remote(context, clone.repository());
  if (!remote) {
    choice.note = context.remote.empty() && context.remote_url.empty()
                      ? "; which of several remotes is meant is not known, so no other branch is left out"
                      : "; nothing was ever fetched from there, so no other branch is left out";
    return;
  }
  for (const RemoteBranch& branch : branches) {
    if (branch.remote == *remote) {
      choice.excluded.push_back(branch.tip);
    }
  }
}

/// git names no ref if nothing is to be pushed, and so does a hook manager that keeps the input to itself. Which of
/// the two it is cannot be told; what could be pushed can.
Result<GitRange>
unnamed(const CiContext& context, const Clone& clone, const std::vector<RemoteBranch>& branches)
{
  RangeChoice choice{.subject = "pre-push that names no ref",
                     .clause = "that local branches have and the remote has not"};
  TRY_ASSIGN(const auto references, clone.repository().references());
  for (const git::Reference& reference : references) {
    const bool can_be_pushed = reference.name == "HEAD" || reference.name.starts_with("refs/heads/");
    if (can_be_pushed && clone.repository().commit(reference.id)) {
      choice.heads.push_back(reference.id);
    }
  }
  if (choice.heads.empty()) {
    return nothing("pre-push that names no ref: there is no local branch either");
  }
  exclude_remote(choice, context, clone, branches);
  return choice.range(clone);
}

std::string
subject_of_push(const std::vector<PushedRef>& pushed)
{
  return pushed.size() == 1 ? fmt::format("push of {}", printable(short_ref(pushed.front().local_ref)))
                            : fmt::format("push of {} refs", pushed.size());
}

}  // namespace

Result<GitRange>
pre_push_range(const CiContext& context, const Clone& clone)
{
  TRY_ASSIGN(const auto branches, clone.remote_branches());
  if (context.pushed.empty()) {
    return unnamed(context, clone, branches);
  }
  RangeChoice choice{.subject = subject_of_push(context.pushed), .clause = "that the remote has not"};
  std::vector<Gap> gaps;
  std::vector<git::ObjectId> tags;
  bool is_news_to_remote = false;
  for (const PushedRef& ref : context.pushed) {
    if (ref.local_id.empty()) {
      continue;  // deletes the remote's ref
    }
    const auto head = clone.commit(ref.local_id);
    if (!head) {
      gaps.push_back(clone.no_commit(ref));
      continue;
    }
    choice.heads.push_back(*head);
    append(tags, clone.tag_objects(*git::ObjectId::from_hex(ref.local_id)));
    const auto known = clone.commit(ref.remote_id);
    if (known) {
      choice.excluded.push_back(*known);
    }
    is_news_to_remote = is_news_to_remote || !known;
  }
  if (choice.heads.empty() && gaps.empty()) {
    return nothing(fmt::format("{}: it only deletes", choice.subject));
  }
  if (is_news_to_remote) {
    exclude_remote(choice, context, clone, branches);
  }
  GitRange range = choice.range(clone);
  range.tags = std::move(tags);
  if (choice.heads.empty()) {
    range.kind = RangeKind::unresolved;
    range.text = "unresolved";
  }
  range.gaps.insert(range.gaps.end(), std::make_move_iterator(gaps.begin()), std::make_move_iterator(gaps.end()));
  return range;
}

}  // namespace sluice::ci
