// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"

#include <unordered_map>

namespace sluice::deps {

const Scheme*
find_scheme(std::string_view id)
{
  // Asked for every package.
  static const auto by_id = [] {
    std::unordered_map<std::string_view, const Scheme*> map;
    for (const Scheme* scheme : schemes()) {
      map.emplace(scheme->id, scheme);
    }
    return map;
  }();
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : found->second;
}

}  // namespace sluice::deps
