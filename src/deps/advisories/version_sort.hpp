// SPDX-License-Identifier: Apache-2.0
//
// Sorting by an ecosystem's order. The standard library's sorting reads beyond its range where a < b and b < c do not
// make a < c, and some tools compare so (scheme.hpp).
#pragma once

#include "deps/scheme.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace sluice::deps {

/// Each item behind the last one that does not come after it, by an order that may go in circles. In time quadratic in
/// the length of the list.
template<typename Items, typename ComesBefore>
void
sort_stepwise(Items& items, ComesBefore comes_before)
{
  for (std::size_t i = 1; i < items.size(); ++i) {
    for (std::size_t k = i; k > 0 && comes_before(items[k], items[k - 1]); --k) {
      std::swap(items[k], items[k - 1]);
    }
  }
}

/// Of a scheme whose versions are not all in one line, more than this are not sorted: no package of a database has so
/// many fixes.
inline constexpr std::size_t most_out_of_line = 1'000;

enum class Sorted { yes, too_many };

/// By the order of the versions that `version_of` has of the items; what is the same or has no order stays as it was.
template<typename Items, typename VersionOf>
[[nodiscard]] Sorted
sort_by_version(Items& items, const Scheme& scheme, VersionOf version_of)
{
  const auto comes_before = [&](const auto& a, const auto& b) {
    const auto order = scheme.compare(version_of(a), version_of(b));
    return order && *order < 0;
  };
  if (std::all_of(items.begin(), items.end(), [&](const auto& item) { return is_in_line(scheme, version_of(item)); })) {
    std::stable_sort(items.begin(), items.end(), comes_before);
    return Sorted::yes;
  }
  if (items.size() > most_out_of_line) {
    return Sorted::too_many;
  }
  sort_stepwise(items, comes_before);
  return Sorted::yes;
}

}  // namespace sluice::deps
