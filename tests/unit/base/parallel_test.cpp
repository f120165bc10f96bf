// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <set>

using namespace sluice;

TEST_CASE("no wish means one thread per core, and wishes are bounded")
{
  CHECK(thread_count(0) >= 1);
  CHECK(thread_count(3) == 3);
  CHECK(thread_count(1000000) == 256);
}

TEST_CASE("every thread gets its own number")
{
  std::mutex mutex;
  std::set<unsigned> numbers;
  on_threads(5, [&](unsigned thread) {
    const std::scoped_lock lock(mutex);
    numbers.insert(thread);
  });
  CHECK(numbers == std::set<unsigned>{0, 1, 2, 3, 4});
}

TEST_CASE("every number is worked on once, whatever the count")
{
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{4096}, std::size_t{10001}}) {
    std::vector<std::atomic<int>> times(count);
    in_parallel(3, count, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        ++times[i];
      }
    });
    CHECK(std::all_of(times.begin(), times.end(), [](const auto& number) { return number == 1; }));
  }
}
