// SPDX-License-Identifier: Apache-2.0
#include "migrations/deep_stack.hpp"
#include "migrations/parse_tree.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace sluice::migrations {

namespace {

constexpr std::size_t stack_bytes = 1U << 20U;

/// Runs `work` in a forked child, which exits at once with what it returns.
int
exit_status_of_child(const std::function<int()>& work)
{
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::_exit(work());
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("all work is run on one thread, which is not the caller's")
{
  DeepStack stack(stack_bytes);
  std::set<std::thread::id> threads;
  for (int i = 0; i < 100; ++i) {
    CHECK(stack.run([&] { threads.insert(std::this_thread::get_id()); }));
  }
  CHECK(threads.size() == 1);
  CHECK_FALSE(threads.contains(std::this_thread::get_id()));
}

TEST_CASE("callers on many threads are served one at a time, and each gets its own work done")
{
  DeepStack stack(stack_bytes);
  std::atomic<int> inside{0};
  std::atomic<int> overlaps{0};
  std::atomic<int> done{0};
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 8; ++caller) {
      callers.emplace_back([&] {
        for (int i = 0; i < 250; ++i) {
          int own = 0;
          const bool ran = stack.run([&] {
            overlaps += inside++;
            own = i + 1;
            --inside;
          });
          done += ran && own == i + 1 ? 1 : 0;
        }
      });
    }
  }
  CHECK(overlaps == 0);
  CHECK(done == 8 * 250);
}

TEST_CASE("what the work throws reaches its caller, and the thread serves on")
{
  DeepStack stack(stack_bytes);
  CHECK_THROWS_WITH_AS((void)stack.run([] { throw std::runtime_error("no memory"); }), "no memory", std::runtime_error);
  bool ran = false;
  CHECK(stack.run([&] { ran = true; }));
  CHECK(ran);
}

TEST_CASE("work that asks for the stack is on it already")
{
  DeepStack stack(stack_bytes);
  std::thread::id outer, inner;
  CHECK(stack.run([&] {
    outer = std::this_thread::get_id();
    CHECK(stack.run([&] { inner = std::this_thread::get_id(); }));
  }));
  CHECK(outer == inner);
}

TEST_CASE("a thread that the system does not grant is said to be missing, every time")
{
  DeepStack stack(std::size_t{1} << 60U);
  bool ran = false;
  CHECK_FALSE(stack.run([&] { ran = true; }));
  CHECK_FALSE(stack.run([&] { ran = true; }));
  CHECK_FALSE(ran);
}

TEST_CASE("after its end a stack runs nothing and never waits")
{
  DeepStack used(stack_bytes);
  CHECK(used.run([] {}));
  DeepStack unused(stack_bytes);
  for (DeepStack* stack : {&used, &unused}) {
    stack->end();
    CHECK_FALSE(stack->run([] {}));
    stack->end();
  }
}

TEST_CASE("the end waits for work that runs")
{
  DeepStack stack(stack_bytes);
  std::atomic<bool> begun{false};
  std::atomic<bool> released{false};
  std::atomic<bool> finished{false};
  std::jthread caller([&] {
    (void)stack.run([&] {
      begun = true;
      begun.notify_all();
      released.wait(false);
      finished = true;
    });
  });
  begun.wait(false);
  std::jthread releaser([&] {
    released = true;
    released.notify_all();
  });
  stack.end();
  CHECK(finished);
}

TEST_CASE("a forked child is told that the thread is not there instead of waiting for it")
{
  REQUIRE(on_deep_stack([] {}));
  CHECK(exit_status_of_child([] { return on_deep_stack([] {}) ? 1 : 0; }) == 0);
  CHECK(on_deep_stack([] {}));
}

TEST_CASE("a child that is forked while the thread works is not stopped by locks of the parent")
{
  int status = -1;
  CHECK(on_deep_stack([&] { status = exit_status_of_child([] { return on_deep_stack([] {}) ? 1 : 0; }); }));
  CHECK(status == 0);
}

}  // namespace sluice::migrations
