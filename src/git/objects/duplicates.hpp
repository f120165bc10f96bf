// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/object_id.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace sluice::git {

/// A sorted list of ids somewhere: an index, or the names of loose files.
struct SortedIds
{
  std::uint32_t count = 0;
  std::function<const std::uint8_t*(std::uint32_t)> raw_id;
};

/// Calls `found(list, position)` for each id that an earlier list, or an earlier place of the same list, holds too.
/// Where a list is not sorted (a forged index) some are not found.
void for_each_duplicate(std::span<const SortedIds> lists, std::uint8_t id_size,
                        const std::function<void(std::size_t list, std::uint32_t position)>& found);

}  // namespace sluice::git
