// SPDX-License-Identifier: Apache-2.0
//
// What a process has only so much of must not be spent by the script: keys for thread-specific data and memory.
#include "migrations/sql.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <pthread.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace sluice::migrations {

namespace {

/// Bytes of this process that are in memory (proc(5), statm).
std::size_t
resident_bytes()
{
  std::size_t size = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// How many keys for thread-specific data are still to be had.
std::size_t
free_keys()
{
  std::vector<pthread_key_t> keys;
  for (pthread_key_t key{}; pthread_key_create(&key, nullptr) == 0;) {
    keys.push_back(key);
  }
  for (const pthread_key_t key : keys) {
    pthread_key_delete(key);
  }
  return keys.size();
}

enum class Kind { parsable, unparsable };

bool
is_read_as(Kind kind, int number)
{
  const Script script =
      parse_script(kind == Kind::parsable ? fmt::format("CREATE TABLE t{0} (id bigint PRIMARY KEY, a text);", number)
                                          : fmt::format("CREATE TABEL t{0} (id bigint);", number));
  return kind == Kind::parsable ? script.statements.size() == 1 && script.foreign.empty()
                                : script.statements.empty() && script.foreign.size() == 1;
}

int
read_as(Kind kind, int begin, int end)
{
  int right = 0;
  for (int number = begin; number < end; ++number) {
    right += is_read_as(kind, number) ? 1 : 0;
  }
  return right;
}

int
read_on_threads(int scripts_each)
{
  std::atomic<int> right{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 10; ++thread) {
      const Kind kind = thread % 2 == 0 ? Kind::parsable : Kind::unparsable;
      threads.emplace_back([&right, kind, scripts_each] { right += read_as(kind, 0, scripts_each); });
    }
  }
  return right;
}

/// AddressSanitizer keeps some 10 KiB of what each script freed for a while. What leaked 80 KiB by the script would
/// take more than twice as much as this.
constexpr std::size_t slack = 128U << 20U;

}  // namespace

TEST_CASE("5,000 scripts need neither more keys nor more memory than 1,000")
{
  for (const Kind kind : {Kind::unparsable, Kind::parsable}) {
    CAPTURE(static_cast<int>(kind));
    CHECK(read_as(kind, 0, 1'000) == 1'000);
    const std::size_t keys = free_keys();
    const std::size_t bytes = resident_bytes();
    CHECK(read_as(kind, 1'000, 5'000) == 4'000);
    CHECK(free_keys() == keys);
    CHECK(resident_bytes() < bytes + slack);
  }
}

TEST_CASE("nor do they from several threads at once")
{
  CHECK(read_on_threads(100) == 1'000);
  const std::size_t keys = free_keys();
  const std::size_t bytes = resident_bytes();
  CHECK(read_on_threads(400) == 4'000);
  CHECK(free_keys() == keys);
  CHECK(resident_bytes() < bytes + slack);
}

}  // namespace sluice::migrations
