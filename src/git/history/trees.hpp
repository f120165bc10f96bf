// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/history/gaps.hpp"
#include "git/objects/tree_cursor.hpp"
#include "git/repository.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::git {

/// A tree whose entries are in git's order, whatever order its author stored them in.
struct ParsedTree
{
  std::string content;
  std::vector<RawTreeEntry> entries;  ///< into `content`
};

/// git's order of entries: by name, the name of a tree taken with a `/` after it. Negative, 0 or positive.
[[nodiscard]] int compare_entries(const RawTreeEntry& a, const RawTreeEntry& b);

/// Trees read for a walk. Neighbouring commits share nearly all of theirs, so the last ones are kept, up to about
/// 128 MiB.
class TreeCache
{
public:
  explicit TreeCache(const Repository& repository)
      : repository_(repository)
  {}

  /// The tree, or an empty one after noting in `unread()` that it cannot be read or not as a whole.
  [[nodiscard]] std::shared_ptr<const ParsedTree> read(const ObjectId& id);

  [[nodiscard]] std::uint8_t
  id_size() const
  {
    return repository_.is_sha256() ? 32 : 20;
  }

  [[nodiscard]] const UnreadObjects&
  unread() const
  {
    return unread_;
  }

private:
  void note(const ObjectId& id, std::string why);

  const Repository& repository_;
  std::unordered_map<ObjectId, std::shared_ptr<const ParsedTree>> trees_;
  std::size_t kept_bytes_ = 0;
  std::unordered_set<ObjectId> noted_;
  UnreadObjects unread_;
};

}  // namespace sluice::git
