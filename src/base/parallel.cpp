// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace sluice {

unsigned
thread_count(unsigned wanted)
{
  constexpr unsigned most = 256;
  return std::clamp(wanted != 0 ? wanted : std::thread::hardware_concurrency(), 1U, most);
}

void
on_threads(unsigned threads, const std::function<void(unsigned thread)>& work)
{
  std::vector<std::jthread> others;
  for (unsigned thread = 1; thread < threads; ++thread) {
    try {
      others.emplace_back([&work, thread] { work(thread); });
    } catch (const std::system_error&) {
      break;
    }
  }
  work(0);
}

void
in_parallel(unsigned threads, std::size_t count, const std::function<void(std::size_t, std::size_t)>& work)
{
  constexpr std::size_t piece = 4096;
  std::atomic<std::size_t> next{0};
  const std::size_t useful = count / piece + 1;
  on_threads(static_cast<unsigned>(std::min<std::size_t>(threads, useful)), [&](unsigned) {
    for (std::size_t begin = next.fetch_add(piece); begin < count; begin = next.fetch_add(piece)) {
      work(begin, std::min(begin + piece, count));
    }
  });
}

}  // namespace sluice
