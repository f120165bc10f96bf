// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/object_sources.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace sluice::git {

/// A stored object: an entry of a pack, or a loose file. Those of a pack are numbered in the order of their offsets.
using Node = std::uint32_t;

struct BrokenNode
{
  Node node = 0;
  DecodeFault fault = DecodeFault::none;
};

/// Which object is stored as a delta of which, over all packs. Costs about 28 bytes per object while it is there.
class DeltaForest
{
public:
  /// `gaps` gets what could not be listed.
  DeltaForest(const ObjectSources& sources, unsigned threads, std::vector<Gap>& gaps);

  [[nodiscard]] Node
  node_count() const
  {
    return static_cast<Node>(parent_.size());
  }
  [[nodiscard]] bool
  is_packed(Node node) const
  {
    return node < first_loose_;
  }
  /// Of a packed node.
  [[nodiscard]] PackPlace place(Node node) const;
  /// Index into ObjectSources::loose() of the directory that a loose node lies in.
  [[nodiscard]] std::uint32_t loose_directory(Node node) const;
  [[nodiscard]] ObjectId id(Node node) const;

  static constexpr Node none = std::numeric_limits<Node>::max();
  /// The base, or `none` for an object that is stored whole or whose base is not to be had.
  [[nodiscard]] Node
  parent(Node node) const
  {
    return parent_[node];
  }
  /// The deltas of this object, the one that leads to most visits last.
  [[nodiscard]] std::span<const Node>
  children(Node node) const
  {
    return std::span(children_).subspan(child_begin_[node], child_begin_[node + 1] - child_begin_[node]);
  }
  /// How many objects there are to visit in the tree under this node, itself included. A node that is there again in
  /// another place is not visited itself.
  [[nodiscard]] std::uint32_t
  visits(Node node) const
  {
    return visits_[node];
  }
  [[nodiscard]] bool
  is_duplicate(Node node) const
  {
    return !duplicate_.empty() && duplicate_[node] != 0;
  }
  /// Nodes that cannot be decoded, for a header or base that is not there or a cycle of bases. Sorted.
  [[nodiscard]] const std::vector<BrokenNode>&
  broken() const
  {
    return broken_;
  }

private:
  void number_packs(unsigned threads);
  void number_loose(std::vector<Gap>& gaps);
  void find_parents(unsigned threads);
  [[nodiscard]] Node parent_of(Node node, DecodeFault& fault) const;
  [[nodiscard]] Node node_at(std::uint32_t pack, std::uint64_t offset, Node near) const;
  [[nodiscard]] Node node_of(const ObjectId& id, std::uint32_t near_pack) const;
  void link_children();
  [[nodiscard]] std::vector<Node> parents_first();
  void mark_duplicates();
  void count_visits(const std::vector<Node>& order);
  void put_heaviest_last();

  const ObjectSources& sources_;
  std::vector<Node> first_in_pack_;  ///< of each pack, then one past the last
  Node first_loose_ = 0;
  std::vector<std::uint64_t> offset_;     ///< of packed nodes
  std::vector<std::uint32_t> ordinal_;    ///< of packed nodes
  std::vector<Node> first_in_directory_;  ///< of each loose directory, then one past the last
  std::vector<ObjectId> loose_ids_;
  std::vector<Node> parent_;
  std::vector<std::uint32_t> child_begin_;
  std::vector<Node> children_;
  std::vector<std::uint32_t> visits_;
  std::vector<std::uint8_t> duplicate_;  ///< empty if there is one source only
  std::vector<BrokenNode> broken_;
};

}  // namespace sluice::git
