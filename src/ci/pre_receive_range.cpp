// SPDX-License-Identifier: Apache-2.0
//
// A server asks its pre-receive hook before any ref has moved. What a push brings is therefore what its new ids reach
// and no ref of the repository does, whichever branch had it first: what is there was let in before, and to refuse it
// again would hold a push up for what another one did.
#include "base/text.hpp"
#include "ci/event_ranges.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

/// The commit that the ref had leads, for it is the one to compare with; of a new ref that is where it grew from.
void
exclude_before(RangeChoice& choice, const Clone& clone, const PushedRef& ref, const git::ObjectId& head)
{
  if (const auto before = clone.commit(ref.remote_id)) {
    choice.excluded.push_back(*before);
  } else if (const auto main = clone.repository().head(); main && clone.repository().commit(*main)) {
    choice.exclude(clone, *main, head);
    choice.note.clear();
  }
}

}  // namespace

GitRange
unread_refs(const CiContext& context)
{
  GitRange range = nothing(fmt::format("{}: which refs it is about could not be read", context.event_name));
  range.kind = RangeKind::unresolved;
  range.text = "unresolved";
  range.gaps.push_back({GapKind::no_range, "standard input", context.unread_refs,
                        fmt::format("Let whatever runs the hook hand git's standard input on to it:\n"
                                    "exec sluice-secrets --{}",
                                    context.event_name)});
  return range;
}

Result<GitRange>
pre_receive_range(const CiContext& context, const Clone& clone)
{
  TRY_ASSIGN(const auto references, clone.repository().references());
  RangeChoice choice{.clause = "that no ref of the repository has"};
  choice.subject = context.pushed.size() == 1
                       ? fmt::format("push to {}", printable(short_ref(context.pushed.front().remote_ref)))
                       : fmt::format("push to {} refs", context.pushed.size());
  std::vector<Gap> gaps;
  std::vector<git::ObjectId> tags;
  for (const PushedRef& ref : context.pushed) {
    if (ref.local_id.empty()) {
      continue;  // deletes the ref
    }
    if (const auto head = clone.commit(ref.local_id)) {
      choice.heads.push_back(*head);
      append(tags, clone.tag_objects(*git::ObjectId::from_hex(ref.local_id)));
      exclude_before(choice, clone, ref, *head);
    } else {
      gaps.push_back(clone.no_commit(ref));
    }
  }
  if (choice.heads.empty() && gaps.empty()) {
    return nothing(fmt::format("{}: it only deletes", choice.subject));
  }
  for (const git::Reference& reference : references) {
    if (const auto tip = clone.commit(reference.id.hex())) {
      choice.excluded.push_back(*tip);
    }
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
