// SPDX-License-Identifier: Apache-2.0
#include "deps/ways.hpp"

#include <algorithm>
#include <limits>

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

// Breadth first from the package up. Members and the root are ends: what needs a member does not need what it needs in
// another way.
Ways
WayFinder::ways_to(PackageId package, std::size_t most) const
{
  std::vector<PackageId> towards(list_.packages().size(), none);
  std::vector<PackageId> queue{package};
  towards[package] = package;
  Ways ways;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const PackageId current = queue[at];
    for (const PackageId from : needed_by(current)) {
      if (list_.packages()[from].part == Part::third_party) {
        if (towards[from] == none) {
          towards[from] = current;
          queue.push_back(from);
        }
        continue;
      }
      ++ways.count;
      if (ways.shortest.size() < most) {
        Way& way = ways.shortest.emplace_back();
        if (list_.packages()[from].part == Part::member) {
          way.packages.push_back(from);
        }
        for (PackageId step = current; way.packages.push_back(step), step != package;) {
          step = towards[step];
        }
      }
    }
  }
  return ways;
}

}  // namespace sluice::deps
