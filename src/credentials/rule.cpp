// SPDX-License-Identifier: Apache-2.0
#include "credentials/rule.hpp"

#include <algorithm>

namespace sluice::credentials {

bool
is_generic(const Rule& rule)
{
  return std::find(rule.meta.tags.begin(), rule.meta.tags.end(), "generic") != rule.meta.tags.end();
}

}  // namespace sluice::credentials
