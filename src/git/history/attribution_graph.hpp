// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "git/history/attribution_numbers.hpp"
#include "git/repository.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::git {

/// An entry of a tree: what it names (a tree's number or the place of a blob in `HitGraph::blobs`) and its name's
/// number.
struct NamedLink
{
  std::uint32_t target = 0;
  std::uint32_t name = 0;
};

/// For each of n sources, its targets, in two flat arrays.
template<typename T> struct Adjacency
{
  std::vector<std::uint32_t> begin;  ///< n + 1 places in `targets`
  std::vector<T> targets;

  [[nodiscard]] std::span<const T>
  of(std::uint32_t source) const
  {
    return std::span(targets).subspan(begin[source], begin[source + 1] - begin[source]);
  }
};

struct CommitNode
{
  ObjectId id;
  std::int64_t time = 0;    ///< of the committer
  std::uint32_t tree = 0;   ///< number
  std::uint32_t first = 0;  ///< its parents are `HitGraph::parents[first … first + count)`
  std::uint32_t count = 0;
};

/// All commits of a store, and of its trees only the entries that lead to a wanted blob.
struct HitGraph
{
  std::vector<ObjectId> blobs;  ///< the wanted ones
  std::vector<CommitNode> commits;
  std::vector<std::uint32_t> parents;                     ///< places in `commits`
  std::unordered_map<ObjectId, std::uint32_t> commit_of;  ///< place in `commits`
  std::vector<bool> is_hit;                               ///< by tree number: it leads to a wanted blob
  Adjacency<NamedLink> subtrees;                          ///< by tree number
  Adjacency<NamedLink> hits;                              ///< by tree number, to places in `blobs`
  TextNumbers names;
  ObjectNumbers tree_numbers;

  [[nodiscard]] std::optional<std::uint32_t>
  tree_number(const ObjectId& id) const
  {
    return tree_numbers.find(id.bytes.data());
  }
};

/// Reads all commits and trees of the repository in one pass on `threads` threads. Memory while it works: about 50
/// bytes for each tree, 12 for each entry of a tree that is a tree, and 150 for each commit.
[[nodiscard]] std::unique_ptr<HitGraph> read_hit_graph(const Repository& repository,
                                                       const std::unordered_set<ObjectId>& blobs, unsigned threads,
                                                       std::vector<Gap>& gaps);

/// Places of all commits, parents before children; of those that are free to go, the oldest goes first.
[[nodiscard]] std::vector<std::uint32_t> parents_first(const HitGraph& graph);

}  // namespace sluice::git
