// SPDX-License-Identifier: Apache-2.0
#include "deps/holds.hpp"

#include "deps/range.hpp"

#include <algorithm>
#include <unordered_set>

namespace sluice::deps {

namespace {

/// The direct dependency by which a package comes in the shortest way; itself where none is known.
PackageId
direct_of(const PackageList& list, WayFinder& finder, PackageId package)
{
  const Ways ways = finder.ways_to(std::span(&package, 1), 1);
  if (ways.shortest.empty()) {
    return package;
  }
  const std::vector<PackageId>& way = ways.shortest.front().packages;
  const bool begins_at_member = list.packages()[way.front()].part == Part::member && way.size() > 1;
  return way[begins_at_member ? 1 : 0];
}

}  // namespace

Holds
holds_of(const PackageList& list, WayFinder& finder, std::span<const PackageId> entries, std::string_view version,
         std::size_t most)
{
  Holds holds;
  std::unordered_set<PackageId> known;
  for (const PackageId entry : entries) {
    const Package& package = list.packages()[entry];
    for (const Need* need : finder.needs_of(entry)) {
      // A text that is not there is no range of anything: pnpm does not tell what packages ask of each other.
      const auto is_admitted =
          need->range.empty() ? std::nullopt : range_admits(package.ecosystem, need->range, version);
      if (!is_admitted) {
        ++holds.unknown;
        const bool is_untold = need->range.empty() && list.packages()[need->from].part == Part::third_party;
        holds.untold = holds.untold || !is_untold ? holds.untold : std::optional(need->from);
      } else if (*is_admitted) {
        ++holds.admitting;
      } else if (range_admits(package.ecosystem, need->range, package.version).value_or(false)
                 && known.insert(need->from).second) {
        ++holds.count;
        holds.holds.push_back({need->from, need->range, need->from});
      }
    }
  }
  std::stable_partition(holds.holds.begin(), holds.holds.end(),
                        [&list](const Hold& hold) { return list.packages()[hold.by].part != Part::third_party; });
  holds.holds.resize(std::min(holds.holds.size(), most));
  for (Hold& hold : holds.holds) {
    if (list.packages()[hold.by].part == Part::third_party) {
      hold.direct = direct_of(list, finder, hold.by);
    }
  }
  return holds;
}

}  // namespace sluice::deps
