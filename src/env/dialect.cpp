// SPDX-License-Identifier: Apache-2.0
#include "env/dialect.hpp"

#include <algorithm>

namespace sluice::env {

const Dialect*
find_dialect(std::string_view id)
{
  const auto all = dialects();
  const auto found = std::find_if(all.begin(), all.end(), [id](const Dialect* dialect) { return dialect->id == id; });
  return found == all.end() ? nullptr : *found;
}

const Entry*
find_entry(const Reading& reading, std::string_view key)
{
  const auto found = std::find_if(reading.entries.rbegin(), reading.entries.rend(),
                                  [key](const Entry& entry) { return entry.key == key; });
  return found == reading.entries.rend() ? nullptr : &*found;
}

}  // namespace sluice::env
