// SPDX-License-Identifier: Apache-2.0
#include "git/history/trees.hpp"

#include "git/object_store.hpp"

#include <algorithm>
#include <cstring>

namespace sluice::git {

namespace {

constexpr std::size_t most_kept_bytes = 128U << 20U;

unsigned char
character_at(const RawTreeEntry& entry, std::size_t at)
{
  if (at < entry.name.size()) {
    return static_cast<unsigned char>(entry.name[at]);
  }
  return entry.is_tree() ? '/' : '\0';
}

}  // namespace

int
compare_entries(const RawTreeEntry& a, const RawTreeEntry& b)
{
  const std::size_t common = std::min(a.name.size(), b.name.size());
  const int order = std::memcmp(a.name.data(), b.name.data(), common);
  if (order != 0) {
    return order;
  }
  const int at_end = int{character_at(a, common)} - int{character_at(b, common)};
  return at_end != 0 || a.name.size() == b.name.size() ? at_end : (a.name.size() < b.name.size() ? -1 : 1);
}

std::shared_ptr<const ParsedTree>
TreeCache::read(const ObjectId& id)
{
  if (const auto found = trees_.find(id); found != trees_.end()) {
    return found->second;
  }
  auto tree = std::make_shared<ParsedTree>();
  auto object = repository_.objects().read(id);
  if (!object) {
    note(id, object.error().message);
  } else if (object->kind != ObjectKind::tree) {
    note(id, "is not a tree");
  } else {
    tree->content = std::move(object->content);
    TreeCursor cursor(tree->content, id.size);
    for (RawTreeEntry entry; cursor.next(entry);) {
      tree->entries.push_back(entry);
      if (!can_be_checked_out(entry) && noted_.insert(id).second) {
        unread_.add_odd_entry(id, entry.name);
      }
    }
    if (!cursor.at_end()) {
      note(id, "is corrupt");
    }
  }
  const auto is_before = [](const RawTreeEntry& a, const RawTreeEntry& b) { return compare_entries(a, b) < 0; };
  if (!std::is_sorted(tree->entries.begin(), tree->entries.end(), is_before)) {
    std::stable_sort(tree->entries.begin(), tree->entries.end(), is_before);
  }
  if (kept_bytes_ > most_kept_bytes) {
    trees_.clear();
    kept_bytes_ = 0;
  }
  kept_bytes_ += tree->content.size() + tree->entries.size() * sizeof(RawTreeEntry) + sizeof(ParsedTree);
  trees_.emplace(id, tree);
  return tree;
}

void
TreeCache::note(const ObjectId& id, std::string why)
{
  if (noted_.insert(id).second) {
    unread_.add("tree", id, std::move(why));
  }
}

}  // namespace sluice::git
