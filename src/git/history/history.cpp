// SPDX-License-Identifier: Apache-2.0
//
// A range of commits, without git's rev-walk: libgit2's cannot walk a shallow clone at all, and `git log` would need a
// subprocess. Commits are taken newest first. A commit that `excluded` reach paints its parents, and whatever had been
// taken for included below them. The walk ends when only painted commits wait, none of them newer than a day before
// the oldest included one, after a last few hundred: a clock that was wrong by more can make the range too large,
// never too small.
#include "git/history.hpp"

#include "git/history/commits.hpp"
#include "git/history/gaps.hpp"
#include "git/object_store.hpp"
#include "git/objects/tree_cursor.hpp"

#include <algorithm>
#include <limits>
#include <queue>

namespace sluice::git {

namespace {

constexpr std::int64_t clock_error = 86'400;  // seconds
constexpr int last_steps = 256;

class RangeWalk
{
public:
  explicit RangeWalk(const Repository& repository)
      : repository_(repository),
        commits_(repository)
  {}

  void
  include(const ObjectId& head)
  {
    const auto commit = peel_to_commit(repository_, head);
    if (!commit) {
      unread_.add("object", head, commit.error().message);
    } else if (*commit) {
      enqueue(**commit);
    }
  }

  void
  exclude(const ObjectId& head)
  {
    const auto commit = peel_to_commit(repository_, head);
    paint(commit && *commit ? **commit : head);
  }

  void
  run()
  {
    int steps_left = last_steps;
    while (!queue_.empty()) {
      const Waiting next = queue_.top();
      if (included_waiting_ == 0 && next.time < oldest_included_ - clock_error && --steps_left < 0) {
        break;
      }
      queue_.pop();
      visit(next.id);
    }
  }

  [[nodiscard]] std::vector<Commit> take_oldest_first();
  void report(std::vector<Gap>& gaps);

private:
  struct Mark
  {
    bool waiting = false;
    bool painted = false;
  };

  struct Waiting
  {
    std::int64_t time = 0;
    ObjectId id;
    auto operator<=>(const Waiting&) const = default;
  };

  void
  enqueue(const ObjectId& id)
  {
    const auto [mark, is_new] = marks_.try_emplace(id);
    if (!is_new) {
      return;
    }
    const Commit* commit = commits_.find(id);
    queue_.push({commit != nullptr ? commit->commit_time : std::numeric_limits<std::int64_t>::max(), id});
    mark->second.waiting = true;
    ++included_waiting_;
  }

  /// Marks a commit as reached by `excluded`, and those below it that were visited as included before.
  void
  paint(const ObjectId& from)
  {
    std::vector<ObjectId> to_paint{from};
    while (!to_paint.empty()) {
      const ObjectId id = to_paint.back();
      to_paint.pop_back();
      enqueue(id);
      Mark& mark = marks_[id];
      if (mark.painted) {
        continue;
      }
      mark.painted = true;
      if (mark.waiting) {
        --included_waiting_;
      } else if (const Commit* commit = commits_.find(id)) {
        to_paint.insert(to_paint.end(), commit->parents.begin(), commit->parents.end());
      }
    }
  }

  void
  visit(const ObjectId& id)
  {
    Mark& mark = marks_[id];
    mark.waiting = false;
    const bool painted = mark.painted;
    included_waiting_ -= painted ? 0 : 1;
    const Commit* commit = commits_.find(id);
    if (!painted) {
      visited_.push_back(id);
      oldest_included_ = std::min(oldest_included_, commit != nullptr ? commit->commit_time : oldest_included_);
    }
    if (commit == nullptr || (!painted && repository_.shallow().contains(id))) {
      return;
    }
    for (const ObjectId& parent : commit->parents) {
      if (painted) {
        paint(parent);
      } else {
        enqueue(parent);
      }
    }
  }

  [[nodiscard]] bool
  is_included(const ObjectId& id) const
  {
    const auto mark = marks_.find(id);
    return mark != marks_.end() && !mark->second.painted;
  }

  [[nodiscard]] bool
  is_cut_off(const Commit& commit) const
  {
    return repository_.shallow().contains(commit.id)
           && std::any_of(commit.parents.begin(), commit.parents.end(),
                          [this](const ObjectId& parent) { return !marks_.contains(parent); });
  }

  const Repository& repository_;
  CommitCache commits_;
  UnreadObjects unread_;
  std::unordered_map<ObjectId, Mark> marks_;
  std::priority_queue<Waiting> queue_;
  std::vector<ObjectId> visited_;  ///< what was not painted when its turn came
  std::int64_t included_waiting_ = 0;
  std::int64_t oldest_included_ = std::numeric_limits<std::int64_t>::max();
};

/// Kahn's algorithm from the roots; of the commits that are free to go, the oldest goes first.
std::vector<Commit>
RangeWalk::take_oldest_first()
{
  std::unordered_map<ObjectId, std::size_t> parents_left;
  std::unordered_map<ObjectId, std::vector<const Commit*>> children;
  for (const ObjectId& id : visited_) {
    if (is_included(id) && commits_.find(id) != nullptr) {
      parents_left.emplace(id, 0);
    }
  }
  for (auto& [id, left] : parents_left) {
    const Commit* commit = commits_.find(id);
    for (const ObjectId& parent : commit->parents) {
      if (parents_left.contains(parent)) {
        children[parent].push_back(commit);
        ++left;
      }
    }
  }
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> free;
  for (const auto& [id, left] : parents_left) {
    if (left == 0) {
      free.push({commits_.find(id)->commit_time, id});
    }
  }
  std::vector<Commit> ordered;
  ordered.reserve(parents_left.size());
  while (!free.empty()) {
    const ObjectId id = free.top().id;
    free.pop();
    ordered.push_back(*commits_.find(id));
    for (const Commit* child : children[id]) {
      if (--parents_left[child->id] == 0) {
        free.push({child->commit_time, child->id});
      }
    }
  }
  return ordered;
}

void
RangeWalk::report(std::vector<Gap>& gaps)
{
  std::vector<ObjectId> boundaries;
  for (const ObjectId& id : visited_) {
    if (!is_included(id)) {
      continue;
    }
    const Commit* commit = commits_.find(id);
    if (commit == nullptr) {
      unread_.add("commit", id, commits_.failure(id));
    } else if (is_cut_off(*commit)) {
      boundaries.push_back(id);
    }
  }
  if (!boundaries.empty()) {
    gaps.push_back(shallow_gap(boundaries));
  }
  unread_.report(repository_.is_partial(), gaps);
}

}  // namespace

std::vector<Commit>
commits_between(const Repository& repository, std::span<const ObjectId> heads, std::span<const ObjectId> excluded,
                std::vector<Gap>& gaps)
{
  RangeWalk walk(repository);
  for (const ObjectId& id : excluded) {
    walk.exclude(id);
  }
  for (const ObjectId& id : heads) {
    walk.include(id);
  }
  walk.run();
  walk.report(gaps);
  return walk.take_oldest_first();
}

}  // namespace sluice::git
