// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

struct DepsOptions
{
  std::string db;                    ///< directory of the advisory database; empty: none was named
  std::vector<std::string> exclude;  ///< globs of lockfiles
};

void describe(DepsOptions& options, config::OptionTable& table);

}  // namespace sluice::deps
