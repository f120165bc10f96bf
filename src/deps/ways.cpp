// SPDX-License-Identifier: Apache-2.0
#include "deps/ways.hpp"

#include <limits>
#include <utility>

namespace sluice::deps {

namespace {

constexpr PackageId none = std::numeric_limits<PackageId>::max();

}  // namespace

WayFinder::WayFinder(const PackageList& list)
    : list_(list),
      first_(list.packages().size() + 1)
{
  for (const Need& need : list.needs()) {
    ++first_[need.to + 1];
  }
  for (std::size_t i = 1; i < first_.size(); ++i) {
    first_[i] += first_[i - 1];
  }
  by_target_.resize(list.needs().size());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (const Need& need : list.needs()) {
    by_target_[next[need.to]++] = need.from;
  }
}

/// `towards` leads from each package that was reached to the next one on the way, and at its end to itself.
Way
WayFinder::way_from(PackageId direct, const std::vector<PackageId>& towards)
{
  std::size_t length = 1;
  for (PackageId step = direct; step != towards[step]; step = towards[step]) {
    ++length;
  }
  Way way;
  way.left_out = length > longest_way ? length - longest_way : 0;
  const std::size_t first_skipped = longest_way / 2;
  PackageId step = direct;
  for (std::size_t at = 0; at < length; ++at, step = towards[step]) {
    if (way.left_out == 0 || at < first_skipped || at >= first_skipped + way.left_out) {
      way.packages.push_back(step);
    }
  }
  return way;
}

// Breadth first from all entries of the package up. Members and the root are ends: what needs a member does not need
// what it needs in another way.
Ways
WayFinder::ways_to(std::span<const PackageId> entries, std::size_t most) const
{
  Ways ways;
  if (steps_ > most_steps) {
    ways.is_told = false;
    return ways;
  }
  const std::size_t count = list_.packages().size();
  steps_ += count;
  std::vector<PackageId> towards(count, none);
  std::vector<PackageId> queue(entries.begin(), entries.end());
  for (const PackageId entry : entries) {
    towards[entry] = entry;
  }
  // A project may name one package several times, for several purposes.
  std::vector<PackageId> named(count, none);
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const PackageId current = queue[at];
    steps_ += first_[current + 1] - first_[current];
    for (std::uint32_t i = first_[current]; i < first_[current + 1]; ++i) {
      const PackageId from = by_target_[i];
      if (list_.packages()[from].part == Part::third_party) {
        if (towards[from] == none) {
          towards[from] = current;
          queue.push_back(from);
        }
        continue;
      }
      if (std::exchange(named[from], current) == current) {
        continue;
      }
      ++ways.count;
      if (ways.shortest.size() < most) {
        Way way = way_from(current, towards);
        if (list_.packages()[from].part == Part::member) {
          way.packages.insert(way.packages.begin(), from);
        }
        ways.shortest.push_back(std::move(way));
      }
    }
  }
  return ways;
}

}  // namespace sluice::deps
