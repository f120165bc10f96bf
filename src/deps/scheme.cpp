// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"

#include <algorithm>

namespace sluice::deps {

const Scheme*
find_scheme(std::string_view id)
{
  const auto all = schemes();
  const auto found = std::find_if(all.begin(), all.end(), [id](const Scheme* scheme) { return scheme->id == id; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace sluice::deps
