// SPDX-License-Identifier: Apache-2.0
//
// Merge bases as git finds them (commit-reach.c): both sides paint their ancestors, newest first; a commit with both
// colours is a candidate, and everything below it is stale. Several candidates can remain after criss-cross merges or
// with wrong clocks; one that another candidate reaches is no best one.
#include "git/history.hpp"
#include "git/history/commits.hpp"

#include <algorithm>
#include <queue>

namespace sluice::git {

namespace {

constexpr unsigned left = 1;
constexpr unsigned right = 2;
constexpr unsigned stale = 4;
constexpr unsigned candidate = 8;

/// More candidates than this come of hostile histories only.
constexpr std::size_t most_candidates = 32;

class CommonAncestors
{
public:
  explicit CommonAncestors(CommitCache& commits)
      : commits_(commits)
  {}

  /// Candidates, newest first.
  std::vector<ObjectId>
  find(const ObjectId& a, const ObjectId& b)
  {
    reach(a, left);
    reach(b, right);
    while (fresh_waiting_ > 0) {
      const ObjectId id = queue_.top().id;
      queue_.pop();
      Node& node = nodes_[id];
      --node.waiting;
      fresh_waiting_ -= (node.flags & stale) == 0 ? 1 : 0;
      unsigned inherited = node.flags & (left | right | stale);
      if (inherited == (left | right)) {
        if ((node.flags & candidate) == 0) {
          node.flags |= candidate;
          found_.push_back(id);
        }
        inherited |= stale;
      }
      pass_on(id, inherited);
    }
    std::erase_if(found_, [this](const ObjectId& id) { return (nodes_[id].flags & stale) != 0; });
    std::stable_sort(found_.begin(), found_.end(), [this](const ObjectId& x, const ObjectId& y) {
      return commits_.find(x)->commit_time > commits_.find(y)->commit_time;
    });
    return found_;
  }

  [[nodiscard]] bool
  is_reached_from_right(const ObjectId& id)
  {
    return (nodes_[id].flags & right) != 0;
  }

private:
  struct Node
  {
    unsigned flags = 0;
    int waiting = 0;  ///< how often it is in the queue
  };

  struct Waiting
  {
    std::int64_t time = 0;
    ObjectId id;
    auto operator<=>(const Waiting&) const = default;
  };

  void
  pass_on(const ObjectId& id, unsigned inherited)
  {
    if (const Commit* commit = commits_.find(id)) {
      for (const ObjectId& parent : commit->parents) {
        reach(parent, inherited);
      }
    }
  }

  /// A commit waits again whenever it gets a new colour: three times at most.
  void
  reach(const ObjectId& id, unsigned colour)
  {
    const Commit* commit = commits_.find(id);
    Node& node = nodes_[id];
    if (commit == nullptr || (node.flags | colour) == node.flags) {
      return;
    }
    if ((node.flags & stale) == 0 && (colour & stale) != 0) {
      fresh_waiting_ -= node.waiting;
    }
    node.flags |= colour;
    ++node.waiting;
    fresh_waiting_ += (node.flags & stale) == 0 ? 1 : 0;
    queue_.push({commit->commit_time, id});
  }

  CommitCache& commits_;
  std::unordered_map<ObjectId, Node> nodes_;
  std::priority_queue<Waiting> queue_;
  std::vector<ObjectId> found_;
  std::int64_t fresh_waiting_ = 0;
};

bool
reaches(CommitCache& commits, const ObjectId& ancestor, const ObjectId& descendant)
{
  CommonAncestors common(commits);
  common.find(ancestor, descendant);
  return common.is_reached_from_right(ancestor);
}

}  // namespace

std::optional<ObjectId>
merge_base(const Repository& repository, const ObjectId& a, const ObjectId& b)
{
  CommitCache commits(repository);
  std::vector<ObjectId> candidates = CommonAncestors(commits).find(a, b);
  candidates.resize(std::min(candidates.size(), most_candidates));
  for (const ObjectId& best : candidates) {
    const bool is_redundant = std::any_of(candidates.begin(), candidates.end(), [&](const ObjectId& other) {
      return other != best && reaches(commits, best, other);
    });
    if (!is_redundant) {
      return best;
    }
  }
  return std::nullopt;
}

bool
is_ancestor(const Repository& repository, const ObjectId& ancestor, const ObjectId& descendant)
{
  CommitCache commits(repository);
  return reaches(commits, ancestor, descendant);
}

}  // namespace sluice::git
