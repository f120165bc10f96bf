// SPDX-License-Identifier: Apache-2.0
#include "git/worktree/listing.hpp"

#include "git/history.hpp"
#include "git/object_store.hpp"

#include <fmt/format.h>

namespace sluice::git {

namespace {

constexpr std::size_t max_entries = 4'000'000;
constexpr std::size_t max_depth = 4096;
constexpr std::size_t max_path_bytes = 64U << 10U;
constexpr std::size_t max_all_path_bytes = 1U << 30U;   ///< callers keep the paths
constexpr std::size_t max_waiting_bytes = 512U << 20U;  ///< of paths of trees still to be read

struct Waiting
{
  ObjectId tree;
  std::string prefix;
  std::size_t depth = 0;
};

}  // namespace

Gap
unbounded_gap(std::string_view what)
{
  return {GapKind::too_many, fmt::format("tree of {}", what),
          "has more or deeper paths than are followed, so some were not examined",
          "Look for trees that name each other many times: they are made to exhaust scanners"};
}

bool
list_tree(const Repository& repository, const ObjectId& tree, const std::string& prefix,
          const std::function<void(const std::string& path, const RawTreeEntry& entry)>& visit, UnreadObjects& unread)
{
  std::vector<Waiting> to_visit{{tree, prefix, 0}};
  std::size_t entries = 0;
  std::size_t path_bytes = 0;
  std::size_t waiting_bytes = 0;
  bool is_whole = true;
  while (!to_visit.empty()) {
    const Waiting at = std::move(to_visit.back());
    to_visit.pop_back();
    waiting_bytes -= std::min(waiting_bytes, at.prefix.size());
    const auto object = repository.objects().read(at.tree);
    if (!object || object->kind != ObjectKind::tree) {
      unread.add("tree", at.tree, object ? "is not a tree" : object.error().message);
      continue;
    }
    TreeCursor cursor(object->content, at.tree.size);
    bool is_odd = false;
    for (RawTreeEntry entry; cursor.next(entry);) {
      if (!can_be_checked_out(entry) && !std::exchange(is_odd, true)) {
        unread.add_odd_entry(at.tree, entry.name);
      }
      std::string path = at.prefix + std::string(entry.name);
      path_bytes += path.size();
      if (++entries > max_entries || path_bytes > max_all_path_bytes) {
        return false;
      }
      if (!entry.is_tree()) {
        visit(path, entry);
      } else if (at.depth + 1 >= max_depth || path.size() > max_path_bytes || waiting_bytes > max_waiting_bytes) {
        is_whole = false;
      } else {
        waiting_bytes += path.size() + 1;
        to_visit.push_back({ObjectId::from_raw(entry.id, at.tree.size), std::move(path) + '/', at.depth + 1});
      }
    }
    if (!cursor.at_end()) {
      unread.add("tree", at.tree, "is corrupt");
    }
  }
  return is_whole;
}

void
list_commit(const Repository& repository, const ObjectId& id,
            const std::function<void(const std::string& path, const RawTreeEntry& entry)>& visit,
            std::vector<Gap>& gaps)
{
  UnreadObjects unread;
  if (const auto commit = repository.commit(id); !commit) {
    unread.add("commit", id, commit.error().message);
  } else if (!list_tree(repository, commit->tree, "", visit, unread)) {
    gaps.push_back(unbounded_gap(id.brief()));
  }
  unread.report(repository.is_partial(), gaps);
}

std::vector<TreeFile>
files_of(const Repository& repository, const ObjectId& commit, std::vector<Gap>& gaps)
{
  std::vector<TreeFile> files;
  const auto take = [&](const std::string& path, const RawTreeEntry& entry) {
    if (!entry.is_submodule()) {
      files.push_back({path, ObjectId::from_raw(entry.id, commit.size)});
    }
  };
  list_commit(repository, commit, take, gaps);
  return files;
}

}  // namespace sluice::git
