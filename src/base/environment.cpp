// SPDX-License-Identifier: Apache-2.0
#include "base/environment.hpp"

namespace sluice {

std::string_view
value_of(const Environment& environment, std::string_view name)
{
  const auto entry = environment.find(name);
  return entry == environment.end() ? std::string_view() : std::string_view(entry->second);
}

}  // namespace sluice
