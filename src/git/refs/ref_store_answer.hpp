// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/refs.hpp"

namespace sluice::git {

/// What the git program said.
struct RefStore::Answer
{
  int status = 0;
  std::string output, error;
};

}  // namespace sluice::git
