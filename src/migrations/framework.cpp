// SPDX-License-Identifier: Apache-2.0
#include "migrations/framework.hpp"

#include <algorithm>

namespace sluice::migrations {

std::vector<const Framework*>
frameworks_by_precedence()
{
  std::vector<const Framework*> all(frameworks().begin(), frameworks().end());
  std::stable_partition(all.begin(), all.end(),
                        [](const Framework* framework) { return framework->precedence == Framework::Precedence::own; });
  return all;
}

}  // namespace sluice::migrations
