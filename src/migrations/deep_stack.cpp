// SPDX-License-Identifier: Apache-2.0
#include "migrations/deep_stack.hpp"

#include <unistd.h>
#include <utility>

namespace sluice::migrations {

namespace {

/// On the thread of an object: that object.
thread_local const DeepStack* served = nullptr;

}  // namespace

DeepStack::DeepStack(std::size_t stack_bytes)
    : stack_bytes_(stack_bytes),
      owner_(::getpid())
{}

DeepStack::~DeepStack()
{
  end();
}

bool
DeepStack::run(const std::function<void()>& work)
{
  // Before any lock: in a forked child a lock may be held by a thread that does not exist.
  if (::getpid() != owner_) {
    return false;
  }
  if (served == this) {
    work();
    return true;
  }
  const std::lock_guard turn(turn_);
  if (!start()) {
    return false;
  }
  std::unique_lock lock(mutex_);
  work_ = &work;
  changed_.notify_all();
  changed_.wait(lock, [this] { return work_ == nullptr; });
  if (failure_ != nullptr) {
    std::rethrow_exception(std::exchange(failure_, nullptr));
  }
  return true;
}

void
DeepStack::end()
{
  // Work that ends the process would wait for itself.
  if (::getpid() != owner_ || served == this) {
    return;
  }
  const std::lock_guard turn(turn_);
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  if (std::exchange(started_, false)) {
    pthread_join(thread_, nullptr);
  }
}

bool
DeepStack::start()
{
  if (started_ || ended_) {
    return started_;
  }
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) {
    return false;
  }
  started_ = pthread_attr_setstacksize(&attributes, stack_bytes_) == 0
             && pthread_create(&thread_, &attributes, serve, this) == 0;
  pthread_attr_destroy(&attributes);
  return started_;
}

void*
DeepStack::serve(void* self)
{
  static_cast<DeepStack*>(self)->serve();
  return nullptr;
}

void
DeepStack::serve()
{
  served = this;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return work_ != nullptr || ended_; });
    if (work_ == nullptr) {
      return;
    }
    lock.unlock();
    std::exception_ptr failure;
    try {
      (*work_)();
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    failure_ = std::move(failure);
    work_ = nullptr;
    changed_.notify_all();
  }
}

}  // namespace sluice::migrations
