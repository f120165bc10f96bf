// SPDX-License-Identifier: Apache-2.0
//
// Who can still get at a blob decides what has to be done about it: everybody who clones, if a branch or tag has it;
// whoever has this copy, if only a stash has; the same until git prunes it, if nothing has. One walk per class would
// read the common part of the histories each time. Here one walk goes on: what refs reach is marked first, so that the
// stashes that grew from it add only what they alone have.
//
// Reflogs other than the stash's are no tips: what only they name was thrown away, is in no clone, and goes when they
// expire.
#include "git/history/attribution_reach.hpp"

#include "git/history/tips.hpp"
#include "git/object_store.hpp"
#include "git/objects/tree_cursor.hpp"

#include <algorithm>
#include <utility>

namespace sluice::git {

namespace {

/// Which blobs the history of a set of tips holds. Used for refs first, then for what only stashes hold.
class Reachability
{
public:
  Reachability(const Repository& repository, const HitGraph& graph)
      : repository_(repository),
        graph_(graph),
        seen_commits_(graph.commits.size()),
        seen_trees_(graph.is_hit.size())
  {}

  /// Places of the wanted blobs that no earlier call gave.
  std::vector<std::uint32_t>
  newly_reached_from(const std::vector<ObjectId>& tips)
  {
    for (const ObjectId& tip : tips) {
      add_tip(tip);
    }
    while (!commits_.empty()) {
      const CommitNode& commit = graph_.commits[commits_.back()];
      commits_.pop_back();
      add_tree(commit.tree);
      for (std::uint32_t p = commit.first; p < commit.first + commit.count; ++p) {
        add_commit(graph_.parents[p]);
      }
    }
    while (!trees_.empty()) {
      const std::uint32_t tree = trees_.back();
      trees_.pop_back();
      for (const NamedLink& below : graph_.subtrees.of(tree)) {
        add_tree(below.target);
      }
      for (const NamedLink& hit : graph_.hits.of(tree)) {
        reached_.push_back(hit.target);
      }
    }
    return std::exchange(reached_, {});
  }

private:
  /// A tip may be a commit, and over tags anything.
  void
  add_tip(ObjectId tip)
  {
    constexpr int max_tags = 64;
    for (int i = 0; i < max_tags; ++i) {
      if (const auto commit = graph_.commit_of.find(tip); commit != graph_.commit_of.end()) {
        add_commit(commit->second);
        return;
      }
      if (const auto tree = graph_.tree_number(tip)) {
        add_tree(*tree);
        return;
      }
      const auto blob = std::lower_bound(graph_.blobs.begin(), graph_.blobs.end(), tip);
      if (blob != graph_.blobs.end() && *blob == tip) {
        reached_.push_back(static_cast<std::uint32_t>(blob - graph_.blobs.begin()));
        return;
      }
      const auto object = repository_.objects().read(tip);
      const auto target =
          object && object->kind == ObjectKind::tag ? tag_target(object->content) : std::optional<ObjectId>();
      if (!target) {
        return;
      }
      tip = *target;
    }
  }

  void
  add_commit(std::uint32_t commit)
  {
    if (!seen_commits_[commit]) {
      seen_commits_[commit] = true;
      commits_.push_back(commit);
    }
  }

  void
  add_tree(std::uint32_t tree)
  {
    if (graph_.is_hit[tree] && !seen_trees_[tree]) {
      seen_trees_[tree] = true;
      trees_.push_back(tree);
    }
  }

  const Repository& repository_;
  const HitGraph& graph_;
  std::vector<bool> seen_commits_, seen_trees_;
  std::vector<std::uint32_t> commits_, trees_;
  std::vector<std::uint32_t> reached_;
};

}  // namespace

std::vector<Reach>
reach_of_blobs(const Repository& repository, const HitGraph& graph, std::vector<Gap>& gaps)
{
  std::vector<Reach> reach(graph.blobs.size(), Reach::dangling);
  const Tips tips = tips_of(repository, gaps);
  Reachability reachability(repository, graph);
  for (const std::uint32_t blob : reachability.newly_reached_from(tips.refs)) {
    reach[blob] = Reach::ref;
  }
  // A tree that only a tag or a stash has may hold what others hold too.
  for (const std::uint32_t blob : reachability.newly_reached_from(tips.tags)) {
    reach[blob] = std::min(reach[blob], Reach::tag);
  }
  for (const std::uint32_t blob : reachability.newly_reached_from(tips.stash)) {
    reach[blob] = std::min(reach[blob], Reach::stash);
  }
  return reach;
}

}  // namespace sluice::git
