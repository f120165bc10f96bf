// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/object_walk.hpp"
#include "git/objects/pack_decoder.hpp"
#include "git/objects/walk_queue.hpp"

namespace sluice::git {

/// What the threads of one walk share.
struct WalkShared
{
  const ObjectSources& sources;
  const DeltaForest& forest;
  const WalkRequest& request;
  const Visit& visit;
  WalkQueue& queue;
  std::uint64_t kept_bytes_limit;  ///< per thread
};

/// One thread's part of a walk.
class TreeWalker
{
public:
  TreeWalker(const WalkShared& shared, unsigned thread)
      : shared_(shared),
        thread_(thread)
  {}

  /// Takes tasks until there are none.
  void run();

  /// Reports the objects of a tree that cannot be decoded: `fault` for the node, and that their base failed for those
  /// below it.
  void fail_tree(Node node, DecodeFault fault);
  void fail_one(Node node, DecodeFault fault);

  [[nodiscard]] const WalkOutcome&
  outcome() const
  {
    return outcome_;
  }

private:
  void walk_root(Node root);
  void walk_stack();
  void walk_child(Frame& parent, Node child);
  [[nodiscard]] bool prepare(Frame& frame);
  [[nodiscard]] DecodeFault decode_root(Frame& frame);
  [[nodiscard]] DecodeFault decode_delta(std::string_view base, Frame& frame, FreshRanges* fresh);
  [[nodiscard]] DecodeFault restore(Frame& frame);
  void show(const Frame& frame, const ObjectId* base);
  void push(Frame frame);
  void pop();
  void evict();
  void share();
  void give_part_of(Frame& frame, std::size_t count);
  void report_progress();

  const WalkShared& shared_;
  unsigned thread_;
  PackDecoder decoder_;
  BufferPool pool_;
  FreshRanges fresh_;
  std::vector<Frame> stack_;      ///< from the root of the tree down; the last one is being worked on
  std::uint64_t kept_bytes_ = 0;  ///< of contents on the stack
  std::uint64_t unreported_ = 0;  ///< objects that `progress` was not told of
  WalkOutcome outcome_;
};

}  // namespace sluice::git
