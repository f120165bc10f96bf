// SPDX-License-Identifier: Apache-2.0
#include "secrets/rule.hpp"

#include <algorithm>

namespace sluice::secrets {

bool
is_generic(const Rule& rule)
{
  return std::find(rule.meta.tags.begin(), rule.meta.tags.end(), "generic") != rule.meta.tags.end();
}

}  // namespace sluice::secrets
