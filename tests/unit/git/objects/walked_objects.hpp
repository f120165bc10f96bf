// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/object_store.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sluice::git::test {

struct WalkedObject
{
  ObjectKind kind = ObjectKind::blob;
  std::string content;
  std::vector<ByteRange> fresh;
  std::optional<ObjectId> base;
  int visits = 0;
  bool base_came_first = true;
};

/// What one walk showed, copied.
struct WalkedObjects
{
  std::map<ObjectId, WalkedObject> objects;
  WalkTotals totals;
  std::vector<Gap> gaps;
  unsigned highest_thread = 0;
};

inline WalkedObjects
walk(const ObjectStore& store, const WalkRequest& request = {})
{
  WalkedObjects walked;
  std::mutex mutex;
  const auto visit = [&](const ObjectView& view, unsigned thread) {
    const std::scoped_lock lock(mutex);
    const bool base_came_first = view.base == nullptr || walked.objects.contains(*view.base);
    WalkedObject& object = walked.objects[view.id];
    ++object.visits;
    object.kind = view.kind;
    object.content = view.content;
    object.fresh.assign(view.fresh.begin(), view.fresh.end());
    object.base = view.base != nullptr ? std::optional(*view.base) : std::nullopt;
    object.base_came_first = base_came_first;
    walked.highest_thread = std::max(walked.highest_thread, thread);
  };
  walked.totals = store.for_each(request, visit, walked.gaps);
  return walked;
}

}  // namespace sluice::git::test
