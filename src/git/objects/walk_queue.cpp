// SPDX-License-Identifier: Apache-2.0
#include "git/objects/walk_queue.hpp"

namespace sluice::git {

std::optional<WalkTask>
WalkQueue::take()
{
  std::unique_lock lock(mutex_);
  while (true) {
    if (next_root_ < roots_.size()) {
      const std::size_t count = next_root_ < heavy_ ? 1 : std::min(roots_at_a_time, roots_.size() - next_root_);
      const std::span<const Node> some = roots_.subspan(next_root_, count);
      next_root_ += count;
      ++busy_;
      return WalkTask{some, std::nullopt};
    }
    if (!given_.empty()) {
      WalkTask task{{}, std::move(given_.front())};
      given_.pop_front();
      ++busy_;
      return task;
    }
    if (busy_ == 0) {
      return std::nullopt;
    }
    ++waiting_;
    hungry_ = waiting_ - static_cast<int>(given_.size());
    changed_.wait(lock);
    --waiting_;
    hungry_ = waiting_ - static_cast<int>(given_.size());
  }
}

void
WalkQueue::done()
{
  const std::scoped_lock lock(mutex_);
  if (--busy_ == 0) {
    changed_.notify_all();
  }
}

void
WalkQueue::give(Frame frame)
{
  const std::scoped_lock lock(mutex_);
  given_.push_back(std::move(frame));
  hungry_ = waiting_ - static_cast<int>(given_.size());
  changed_.notify_one();
}

}  // namespace sluice::git
