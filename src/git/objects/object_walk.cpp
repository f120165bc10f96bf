// SPDX-License-Identifier: Apache-2.0
#include "git/objects/object_walk.hpp"

#include "base/parallel.hpp"
#include "git/objects/tree_walker.hpp"

namespace sluice::git {

namespace {

/// What trees there are to walk, and how many of them, at the front, are heavy.
struct Plan
{
  std::vector<Node> roots;
  std::size_t heavy = 0;
};

/// About what the tree under `root` costs; 0 if nobody wants it. All objects of a tree have about the same size.
std::uint64_t
cost(const ObjectSources& sources, const DeltaForest& forest, const WalkRequest& request, Node root)
{
  constexpr std::uint64_t cost_of_an_object = 512;
  constexpr std::uint64_t usual_loose_size = 4096;
  std::uint64_t size = usual_loose_size;
  if (forest.is_packed(root)) {
    const auto entry = sources.entry(forest.place(root));
    if (!entry || !wants(request, static_cast<ObjectKind>(entry->type))) {
      return 0;
    }
    size = std::min(entry->size, request.max_object_bytes);
  }
  return forest.visits(root) * (size + cost_of_an_object);
}

Plan
plan_walk(const ObjectSources& sources, const DeltaForest& forest, const WalkRequest& request, unsigned threads)
{
  std::vector<std::pair<Node, std::uint64_t>> roots;
  std::uint64_t total = 0;
  auto broken = forest.broken().begin();
  for (Node node = 0; node < forest.node_count(); ++node) {
    if (broken != forest.broken().end() && broken->node == node) {
      ++broken;
    } else if (forest.parent(node) == DeltaForest::none && forest.visits(node) > 0) {
      if (const std::uint64_t weight = cost(sources, forest, request, node); weight > 0) {
        roots.emplace_back(node, weight);
        total += weight;
      }
    }
  }
  const std::uint64_t heavy_weight = total / (std::uint64_t{threads} * 64) + 1;
  const auto light =
      std::stable_partition(roots.begin(), roots.end(), [&](const auto& root) { return root.second >= heavy_weight; });
  std::stable_sort(roots.begin(), light, [](const auto& a, const auto& b) { return a.second > b.second; });
  Plan plan;
  plan.heavy = static_cast<std::size_t>(light - roots.begin());
  for (const auto& [node, weight] : roots) {
    plan.roots.push_back(node);
  }
  return plan;
}

void
add(WalkOutcome& sum, const WalkOutcome& part)
{
  sum.totals.objects += part.totals.objects;
  sum.totals.inflated_bytes += part.totals.inflated_bytes;
  sum.totals.fresh_bytes += part.totals.fresh_bytes;
  sum.totals.stored_bytes += part.totals.stored_bytes;
  sum.failures.insert(sum.failures.end(), part.failures.begin(), part.failures.end());
}

void
fail_broken(const DeltaForest& forest, TreeWalker& walker)
{
  for (const BrokenNode& broken : forest.broken()) {
    if (broken.fault != DecodeFault::delta_cycle) {
      walker.fail_tree(broken.node, broken.fault);
    } else {
      walker.fail_one(broken.node, broken.fault);
    }
  }
}

}  // namespace

bool
wants(const WalkRequest& request, ObjectKind kind)
{
  switch (kind) {
  case ObjectKind::commit:
    return request.commits;
  case ObjectKind::tree:
    return request.trees;
  case ObjectKind::blob:
    return request.blobs;
  case ObjectKind::tag:
    return request.tags;
  }
  return false;
}

WalkOutcome
walk_objects(const ObjectSources& sources, const DeltaForest& forest, const WalkRequest& request, const Visit& visit,
             std::uint64_t kept_bytes_limit)
{
  const unsigned threads = thread_count(request.threads);
  const Plan plan = plan_walk(sources, forest, request, threads);
  WalkQueue queue(plan.roots, plan.heavy);
  const WalkShared shared{sources, forest, request, visit, queue, kept_bytes_limit};
  std::vector<std::unique_ptr<TreeWalker>> walkers;
  for (unsigned thread = 0; thread < threads; ++thread) {
    walkers.push_back(std::make_unique<TreeWalker>(shared, thread));
  }
  fail_broken(forest, *walkers.front());
  on_threads(threads, [&](unsigned thread) { walkers[thread]->run(); });
  WalkOutcome outcome;
  for (const auto& walker : walkers) {
    add(outcome, walker->outcome());
  }
  for (const Pack& pack : sources.packs()) {
    outcome.totals.stored_bytes += pack.file_size();
  }
  std::sort(outcome.failures.begin(), outcome.failures.end(),
            [](const BrokenNode& a, const BrokenNode& b) { return a.node < b.node; });
  return outcome;
}

}  // namespace sluice::git
