// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>

/// What libFuzzer takes for a finding.
inline void
require(bool holds)
{
  if (!holds) {
    std::abort();
  }
}
