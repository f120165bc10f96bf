// SPDX-License-Identifier: Apache-2.0
#include "deps/entry_groups.hpp"

#include "base/quick_hash.hpp"

#include <algorithm>
#include <bit>

namespace sluice::deps {

namespace {

bool
is_same(const Package& a, const Package& b)
{
  return a.name == b.name && a.version == b.version && a.ecosystem == b.ecosystem;
}

}  // namespace

EntryGroups::EntryGroups(const PackageList& list)
    : list_(list),
      next_(list.packages().size()),
      slots_(std::bit_ceil(list.packages().size() * 2 + 1), none)
{
  groups_.reserve(list.packages().size());
  for (PackageId id = 0; id < list.packages().size(); ++id) {
    if (can_be_judged(list.packages()[id])) {
      add(id);
    }
  }
}

void
EntryGroups::add(PackageId id)
{
  const Package& package = list_.packages()[id];
  next_[id] = id;
  std::uint32_t& slot = slot_of(package);
  if (slot == none) {
    slot = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back({id, id, package.scope, package.is_direct});
    return;
  }
  Group& group = groups_[slot];
  next_[group.last] = id;
  group.last = id;
  group.scope = std::min(group.scope, package.scope);
  group.is_direct = group.is_direct || package.is_direct;
}

std::uint32_t&
EntryGroups::slot_of(const Package& package)
{
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = quick_hash(package.name) + quick_hash(package.version) * 7 + package.ecosystem.size();
  while (slots_[at & mask] != none && !is_same(list_.packages()[groups_[slots_[at & mask]].first], package)) {
    ++at;
  }
  return slots_[at & mask];
}

Package
EntryGroups::package(const Group& group) const
{
  Package package = list_.packages()[group.first];
  package.scope = group.scope;
  package.is_direct = group.is_direct;
  return package;
}

Entries
EntryGroups::entries(const Group& group) const
{
  Entries entries{{group.first}, package(group)};
  for (PackageId id = group.first; id != group.last;) {
    id = next_[id];
    entries.ids.push_back(id);
  }
  return entries;
}

std::vector<Entries>
entries_of(const PackageList& list)
{
  const EntryGroups groups(list);
  std::vector<Entries> all;
  all.reserve(groups.all().size());
  for (const EntryGroups::Group& group : groups.all()) {
    all.push_back(groups.entries(group));
  }
  return all;
}

}  // namespace sluice::deps
