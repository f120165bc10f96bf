// SPDX-License-Identifier: Apache-2.0
#include "migrations/endless_path.hpp"

#include <algorithm>

namespace sluice::migrations {

bool
is_endless_path(const SetVariable& set)
{
  constexpr std::size_t most = 100;
  if (set.name != "search_path") {
    return false;
  }
  std::size_t schemas = set.values.size();
  for (const std::string& value : set.values) {
    schemas += static_cast<std::size_t>(std::count(value.begin(), value.end(), ','));
  }
  return schemas > most;
}

}  // namespace sluice::migrations
