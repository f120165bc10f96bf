// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <pthread.h>
#include <sys/types.h>

namespace sluice::migrations {

/// One thread with a stack of its own size, started by the first piece of work and kept for the next.
class DeepStack
{
public:
  /// A stack of that many bytes; only pages that are touched take memory, and those stay until the end.
  explicit DeepStack(std::size_t stack_bytes);
  ~DeepStack();
  DeepStack(const DeepStack&) = delete;
  DeepStack& operator=(const DeepStack&) = delete;

  /// Runs `work` to its end on the thread; what it throws is thrown here. Any number of threads may call, and wait for
  /// each other; `work` itself may call as well. False, and nothing ran: the system grants no such thread, `end` was
  /// called, or this process was forked from the one that made the object, for a fork leaves the thread behind.
  [[nodiscard]] bool run(const std::function<void()>& work);

  /// Waits for the work that runs, then ends the thread for good.
  void end();

private:
  static void* serve(void* self);
  void serve();
  bool start();

  const std::size_t stack_bytes_;
  const pid_t owner_;

  std::mutex turn_;  ///< held by the caller that is served, from its first step to its last
  bool started_ = false;
  pthread_t thread_{};

  std::mutex mutex_;  ///< guards what is below, which caller and thread hand to each other
  std::condition_variable changed_;
  const std::function<void()>* work_ = nullptr;
  std::exception_ptr failure_;
  bool ended_ = false;  ///< written under both mutexes
};

}  // namespace sluice::migrations
