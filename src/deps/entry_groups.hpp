// SPDX-License-Identifier: Apache-2.0
//
// Entries of a list that are the same package at the same version, without an object for each: of three thousand
// packages a few dozen are asked about further.
#pragma once

#include "deps/audit.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace sluice::deps {

class EntryGroups
{
public:
  struct Group
  {
    PackageId first = 0, last = 0;
    Scope scope = Scope::runtime;  ///< the best of all
    bool is_direct = false;        ///< any is
  };

  /// Of packages that can be judged. `list` must outlive it.
  explicit EntryGroups(const PackageList& list);

  /// In the order of the file.
  [[nodiscard]] std::span<const Group>
  all() const
  {
    return groups_;
  }
  [[nodiscard]] Package package(const Group& group) const;
  [[nodiscard]] Entries entries(const Group& group) const;

private:
  void add(PackageId id);
  [[nodiscard]] std::uint32_t& slot_of(const Package& package);

  static constexpr std::uint32_t none = 0xFFFFFFFF;

  const PackageList& list_;
  std::vector<Group> groups_;
  std::vector<PackageId> next_;       ///< of the same group, by package; the last has itself
  std::vector<std::uint32_t> slots_;  ///< groups by their hash, with room between
};

}  // namespace sluice::deps
