// SPDX-License-Identifier: Apache-2.0
//
// Every id in every tree is asked for, and most trees repeat nearly all of what another has. A tree that is stored as a
// delta is looked at only where it differs from its base, which was seen before: what is copied was asked for there.
//
// What is absent may be so rightly: git prunes objects that nothing reaches, one by one, so that a commit which was
// thrown away may outlive its parent. Only if something is absent at all, a second walk from the refs, by random
// access, tells what of it is needed. It gives up after so many objects, and then everything absent is told.
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/history/gaps.hpp"
#include "git/history/tips.hpp"
#include "git/objects/tree_cursor.hpp"

#include <fmt/format.h>

#include <unordered_set>
#include <utility>

namespace sluice::git {

namespace {

constexpr std::size_t most_gaps = 20;
constexpr std::size_t most_walked = 4'000'000;

/// Whether [begin, end) touches any of `fresh`, which is moved on to the first range that could.
bool
touches(std::span<const ByteRange>& fresh, std::uint64_t begin, std::uint64_t end)
{
  while (!fresh.empty() && fresh.front().end <= begin) {
    fresh = fresh.subspan(1);
  }
  return !fresh.empty() && fresh.front().begin < end;
}

enum class Linked { blob, other };

/// Calls take(entry) for each entry of a tree that touches `fresh`; false if the tree is not well formed.
template<typename Take>
bool
for_each_fresh_entry(std::uint8_t id_size, std::string_view content, std::span<const ByteRange> fresh, Take take)
{
  TreeCursor cursor(content, id_size);
  std::uint64_t begin = 0;
  for (RawTreeEntry entry; cursor.next(entry);) {
    const auto end = static_cast<std::uint64_t>(reinterpret_cast<const char*>(entry.id) - content.data()) + id_size;
    if (touches(fresh, std::exchange(begin, end), end)) {
      take(entry);
    }
  }
  return cursor.at_end();
}

/// Calls take(id, Linked) for what the object names and must be there.
template<typename Take>
void
for_each_link(const Repository& repository, const ObjectId& id, ObjectKind kind, std::string_view content,
              std::span<const ByteRange> fresh, Take take)
{
  if (kind == ObjectKind::tree) {
    for_each_fresh_entry(id.size, content, fresh, [&](const RawTreeEntry& entry) {
      if (!entry.is_submodule()) {
        take(ObjectId::from_raw(entry.id, id.size), entry.is_tree() ? Linked::other : Linked::blob);
      }
    });
  } else if (kind == ObjectKind::tag) {
    if (const auto target = tag_target(content)) {
      take(*target, Linked::other);
    }
  } else if (kind != ObjectKind::commit) {
    return;
  } else if (const auto commit = parse_commit(id, content)) {
    take(commit->tree, Linked::other);
    if (!repository.shallow().contains(id)) {
      for (const ObjectId& parent : commit->parents) {
        take(parent, Linked::other);
      }
    }
  }
}

}  // namespace

AbsentObjects::AbsentObjects(const Repository& repository, unsigned threads)
    : repository_(repository),
      absent_(threads),
      odd_(threads)
{}

void
AbsentObjects::note(const ObjectId& id, unsigned thread)
{
  if (!repository_.objects().contains(id)) {
    absent_[thread].insert(id);
  }
}

void
AbsentObjects::see(const ObjectView& object, unsigned thread)
{
  if (object.kind == ObjectKind::tree) {
    see_tree(object, thread);
    return;
  }
  for_each_link(repository_, object.id, object.kind, object.content, object.fresh,
                [this, thread](const ObjectId& id, Linked) { note(id, thread); });
}

void
AbsentObjects::see_tree(const ObjectView& tree, unsigned thread)
{
  const bool is_whole = for_each_fresh_entry(tree.id.size, tree.content, tree.fresh, [&](const RawTreeEntry& entry) {
    if (!entry.is_submodule()) {
      note(ObjectId::from_raw(entry.id, tree.id.size), thread);
    }
    if (!can_be_checked_out(entry)) {
      odd_[thread].try_emplace(tree.id, entry.name);
    }
  });
  if (!is_whole) {
    odd_[thread].insert_or_assign(tree.id, std::nullopt);
  }
}

void
AbsentObjects::report_odd(std::vector<Gap>& gaps)
{
  std::map<ObjectId, std::optional<std::string>> all;
  for (auto& of_thread : odd_) {
    all.merge(of_thread);
  }
  UnreadObjects odd;
  for (const auto& [tree, name] : all) {
    if (name) {
      odd.add_odd_entry(tree, *name);
    } else {
      odd.add("tree", tree, "is corrupt");
    }
  }
  odd.report(repository_.is_partial(), gaps);
}

std::set<ObjectId>
AbsentObjects::needed(const std::set<ObjectId>& absent) const
{
  std::vector<Gap> told_elsewhere;
  Tips tips = tips_of(repository_, told_elsewhere);
  std::vector<ObjectId> to_visit = std::move(tips.refs);
  to_visit.insert(to_visit.end(), tips.tags.begin(), tips.tags.end());
  to_visit.insert(to_visit.end(), tips.stash.begin(), tips.stash.end());
  std::set<ObjectId> needed;
  std::unordered_set<ObjectId> seen;
  const auto take = [&](const ObjectId& id, Linked linked) {
    if (absent.contains(id)) {
      needed.insert(id);
    } else if (linked == Linked::other && seen.insert(id).second) {
      to_visit.push_back(id);
    }
  };
  while (!to_visit.empty() && seen.size() < most_walked) {
    const ObjectId id = to_visit.back();
    to_visit.pop_back();
    if (absent.contains(id)) {
      needed.insert(id);
    } else if (const auto object = repository_.objects().read(id)) {
      const ByteRange whole{0, object->content.size()};
      for_each_link(repository_, id, object->kind, object->content, {&whole, 1}, take);
    }
  }
  return to_visit.empty() ? needed : absent;
}

void
AbsentObjects::report(std::vector<Gap>& gaps)
{
  report_odd(gaps);
  std::vector<Gap> told_elsewhere;
  const Tips tips = tips_of(repository_, told_elsewhere);
  for (const std::vector<ObjectId>* ids : {&tips.refs, &tips.tags, &tips.stash}) {
    for (const ObjectId& id : *ids) {
      note(id, 0);
    }
  }
  std::set<ObjectId> absent;
  for (std::set<ObjectId>& of_thread : absent_) {
    absent.merge(of_thread);
  }
  if (absent.empty()) {
    return;
  }
  if (repository_.is_partial()) {
    gaps.push_back({GapKind::missing_object, "partial clone",
                    fmt::format("{} left out of this clone", counted(absent.size(), "object was", "objects were")),
                    "git fetch --refetch --no-filter"});
    return;
  }
  absent = needed(absent);
  std::size_t count = 0;
  for (const ObjectId& id : absent) {
    if (++count > most_gaps) {
      gaps.push_back(
          unread_gap(repository_, "further objects",
                     fmt::format("{} missing", counted(absent.size() - most_gaps, "object is", "objects are"))));
      return;
    }
    gaps.push_back(unread_gap(repository_, "object " + id.hex(), fmt::format("object {} is missing", id.hex())));
  }
}

}  // namespace sluice::git
