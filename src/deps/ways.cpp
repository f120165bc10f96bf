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
      needs_(list.needs(), list.packages().size(), NeedIndex::By::to),
      towards_(list.packages().size(), none),
      told_of_(list.packages().size(), none)
{}

bool
WayFinder::is_asked_by_nobody(PackageId package) const
{
  const auto needs = needs_of(package);
  return list_.packages()[package].is_direct && std::none_of(needs.begin(), needs.end(), [this](const Need* need) {
           return list_.packages()[need->from].part != Part::third_party;
         });
}

void
WayFinder::end_way(PackageId from, PackageId step, std::size_t most, Ways& ways) const
{
  ++ways.count;
  if (ways.shortest.size() >= most) {
    return;
  }
  Way& way = ways.shortest.emplace_back();
  if (from != none && list_.packages()[from].part == Part::member) {
    way.packages.push_back(from);
  }
  std::size_t length = 1;
  for (PackageId each = step; towards_[each] != each; each = towards_[each]) {
    ++length;
  }
  way.left_out = length > longest_way ? length - longest_way : 0;
  constexpr std::size_t first_skipped = longest_way / 2;
  for (std::size_t at = 0; at < length; ++at, step = towards_[step]) {
    if (at < first_skipped || at >= first_skipped + way.left_out) {
      way.packages.push_back(step);
    }
  }
}

// Breadth first from the package up. Members and the root are ends: what needs a member does not need what it needs in
// another way. One that names a package in several tables does so once.
Ways
WayFinder::ways_to(std::span<const PackageId> entries, std::size_t most)
{
  std::vector<PackageId> queue(entries.begin(), entries.end());
  std::vector<PackageId> ends;
  for (const PackageId entry : entries) {
    towards_[entry] = entry;
  }
  Ways ways;
  for (std::size_t at = 0; at < queue.size() && !is_tired(); ++at) {
    const PackageId current = queue[at];
    steps_ += needs_of(current).size();
    if (is_asked_by_nobody(current)) {
      end_way(none, current, most, ways);
    }
    for (const Need* need : needs_of(current)) {
      if (list_.packages()[need->from].part != Part::third_party) {
        if (told_of_[need->from] != current) {
          told_of_[need->from] = current;
          ends.push_back(need->from);
          end_way(need->from, current, most, ways);
        }
      } else if (towards_[need->from] == none) {
        towards_[need->from] = current;
        queue.push_back(need->from);
      }
    }
  }
  for (const PackageId id : queue) {
    towards_[id] = none;
  }
  for (const PackageId id : ends) {
    told_of_[id] = none;
  }
  ways.is_told = !is_tired();
  return ways;
}

bool
WayFinder::is_below(std::span<const PackageId> entries, std::string_view name)
{
  std::vector<PackageId> queue(entries.begin(), entries.end());
  for (const PackageId entry : entries) {
    towards_[entry] = entry;
  }
  bool is_found = false;
  for (std::size_t at = 0; at < queue.size() && !is_found && !is_tired(); ++at) {
    steps_ += needs_of(queue[at]).size();
    for (const Need* need : needs_of(queue[at])) {
      is_found = is_found || list_.packages()[need->from].name == name;
      if (towards_[need->from] == none) {
        towards_[need->from] = queue[at];
        queue.push_back(need->from);
      }
    }
  }
  for (const PackageId id : queue) {
    towards_[id] = none;
  }
  return is_found;
}

}  // namespace sluice::deps
