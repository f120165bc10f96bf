// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/buffer.hpp"
#include "git/objects/delta_forest.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::git {

/// A decoded object some of whose deltas are still to be visited.
struct Frame
{
  Node node = 0;
  ObjectId id;
  ObjectKind kind = ObjectKind::blob;
  std::span<const Node> pending;  ///< its children that were not started
  Buffer storage;
  std::string_view content;  ///< within `storage`
  bool is_evicted = false;   ///< the content was dropped to save memory, or could not be copied
};

/// What a thread is given to do: trees to walk from their roots, or, where no whole tree is left, part of the tree that
/// another thread walks.
struct WalkTask
{
  std::span<const Node> roots;
  std::optional<Frame> frame;
};

/// Deals out the trees of a forest: the heaviest one by one, largest first, then the others in the order in which they
/// are stored, many at a time. At the end the threads that have nothing left ask the others for part of theirs, so that
/// a repository whose objects all descend from one is walked by all cores as well.
class WalkQueue
{
public:
  /// `roots` stay where they are for the life of the queue; the first `heavy` of them are dealt one by one.
  WalkQueue(std::span<const Node> roots, std::size_t heavy)
      : roots_(roots),
        heavy_(heavy)
  {}

  /// Waits for something to do; nothing when all is done. Each task taken must be reported by `done`.
  [[nodiscard]] std::optional<WalkTask> take();
  void done();

  /// Whether another thread waits and nothing lies ready for it.
  [[nodiscard]] bool
  is_hungry() const
  {
    return hungry_.load(std::memory_order_relaxed) > 0;
  }
  void give(Frame frame);

private:
  static constexpr std::size_t roots_at_a_time = 32;

  std::span<const Node> roots_;
  std::size_t heavy_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_root_ = 0;
  std::deque<Frame> given_;
  int busy_ = 0;
  int waiting_ = 0;
  std::atomic<int> hungry_{0};  ///< waiting threads for which nothing was given yet
};

}  // namespace sluice::git
