// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/clone.hpp"
#include "ci/git_range.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::ci {

/// A range on its way: what to walk, and the words that say why. Its sentence reads "<subject>: <n> commits
/// <clause><note>".
struct RangeChoice
{
  std::vector<git::ObjectId> heads = {};
  std::vector<git::ObjectId> excluded = {};
  std::string subject = {};
  std::string clause = {};
  std::string note = {};

  /// Leaves out what `target` has: by the commit where `head` left it, so that comparing with it shows the change
  /// alone; by `target` itself if the two have no such commit here.
  void exclude(const Clone& clone, const git::ObjectId& target, const git::ObjectId& head);

  /// Counts the commits; a boundary of the clone inside the range becomes a gap.
  [[nodiscard]] GitRange range(const Clone& clone) const;
};

void append(std::vector<git::ObjectId>& ids, const std::vector<git::ObjectId>& more);

/// RangeKind::nothing.
[[nodiscard]] GitRange nothing(std::string reason);

/// RangeKind::unresolved.
[[nodiscard]] GitRange unresolved(std::string_view subject, Gap gap);

/// The newest tag that `head` reaches without being on it.
[[nodiscard]] std::optional<git::Reference> previous_tag(const Clone& clone, const git::ObjectId& head);

/// "main" of "refs/heads/main", "v1" of "refs/tags/v1", else the ref itself.
[[nodiscard]] std::string_view short_ref(std::string_view ref);

}  // namespace sluice::ci
