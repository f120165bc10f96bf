// SPDX-License-Identifier: Apache-2.0

// The physical floor of a scan of the whole history: walks every object with a visitor that does nothing. What a gate
// takes beyond this is its own.
//
//   decode_floor OBJECTS-DIRECTORY [THREADS]
#include "git/object_store.hpp"

#include <chrono>
#include <cstdlib>
#include <sys/resource.h>

int
main(int argc, char** argv)
{
  if (argc < 2) {
    fmt::print(stderr, "usage: decode_floor OBJECTS-DIRECTORY [THREADS]\n");
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  const auto store = sluice::git::ObjectStore::open(argv[1], 20);
  if (!store) {
    fmt::print(stderr, "{}\n", store.error().message);
    return 2;
  }
  sluice::git::WalkRequest request;
  request.threads = argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : 0;
  std::vector<sluice::Gap> gaps;
  const auto totals = (*store)->for_each(
      request, [](const sluice::git::ObjectView&, unsigned) {}, gaps);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  struct rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("objects {}  inflated {} B  fresh {} B  stored {} B  gaps {}  {:.3f} s  {:.2f} GB/s  peak RSS {} KiB\n",
             totals.objects, totals.inflated_bytes, totals.fresh_bytes, totals.stored_bytes, gaps.size(),
             seconds.count(), static_cast<double>(totals.inflated_bytes) / 1e9 / seconds.count(), usage.ru_maxrss);
  return 0;
}
