// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/clone.hpp"
#include "ci/git_range.hpp"
#include "ci/range_choice.hpp"

#include <optional>
#include <string>

namespace sluice::ci {

/// What a run is about, for people: "pull request #12", "push to main".
[[nodiscard]] std::string subject_of(const CiContext& context);

/// A pull request, merge request or merge group: what its head has and its target has not.
[[nodiscard]] GitRange change_range(const CiContext& context, const Clone& clone);

/// The commit that the change ends with; `note` gets a clause if it is not the one that the event names.
[[nodiscard]] std::optional<git::ObjectId> head_of_change(const CiContext& context, const Clone& clone,
                                                          std::string& note);

/// Whether every push to the branch had a run that judged it: so it is of the default branch, and of one that the
/// default branch's configuration trusts.
enum class PushedBranch { any, trusted };

/// A push to a branch.
[[nodiscard]] GitRange push_range(const CiContext& context, const Clone& clone, PushedBranch branch);

/// A push of a tag: the tag's own objects, and what it has and the tag before it has not; beside the default branch
/// what that has not. Never nothing, though a branch may have it all.
[[nodiscard]] GitRange tag_range(const CiContext& context, const Clone& clone);

/// What `head` has and the default branch has not; all that it reaches if it is the default branch or none is here.
[[nodiscard]] RangeChoice since_default(const CiContext& context, const Clone& clone, const git::ObjectId& head,
                                        std::string subject);

/// What a git push is about to add to the remote, of a hook's `context.pushed`. Errors: the refs cannot be read.
[[nodiscard]] Result<GitRange> pre_push_range(const CiContext& context, const Clone& clone);

/// What a push would add to this repository, of a server's hook. Errors: the refs cannot be read.
[[nodiscard]] Result<GitRange> pre_receive_range(const CiContext& context, const Clone& clone);

/// Of a hook whose standard input could not be read: unresolved.
[[nodiscard]] GitRange unread_refs(const CiContext& context);

}  // namespace sluice::ci
