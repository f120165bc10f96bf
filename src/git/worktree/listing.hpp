// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/history/gaps.hpp"
#include "git/objects/tree_cursor.hpp"
#include "git/repository.hpp"

#include <functional>
#include <string>

namespace sluice::git {

/// Calls visit(path, entry) for every blob and submodule below a tree, `prefix` ("" or "directory/") before each path.
/// Trees that cannot be read are noted. False if the tree has more or deeper entries than are followed (4 million, 4096
/// levels); then some were not visited.
[[nodiscard]] bool list_tree(const Repository& repository, const ObjectId& tree, const std::string& prefix,
                             const std::function<void(const std::string& path, const RawTreeEntry& entry)>& visit,
                             UnreadObjects& unread);

/// The same of a commit; whatever could not be visited is a gap.
void list_commit(const Repository& repository, const ObjectId& id,
                 const std::function<void(const std::string& path, const RawTreeEntry& entry)>& visit,
                 std::vector<Gap>& gaps);

/// More or deeper entries than are followed; `what` is "the index" or a commit.
[[nodiscard]] Gap unbounded_gap(std::string_view what);

}  // namespace sluice::git
