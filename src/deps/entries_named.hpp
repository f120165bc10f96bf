// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace sluice::deps {

/// Those that a map of vectors has at a key; none if it has no such key. Ends with the vector.
template<typename Map, typename Key>
[[nodiscard]] std::span<const typename Map::mapped_type::value_type>
entries_named(const Map& map, const Key& key)
{
  const auto found = map.find(key);
  return found == map.end() ? std::span<const typename Map::mapped_type::value_type>() : std::span(found->second);
}

}  // namespace sluice::deps
