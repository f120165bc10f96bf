// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"

#include <string>
#include <vector>

namespace sluice::@name@ {

struct @Name@Options
{
  std::vector<std::string> exclude;  ///< globs
};

void describe(@Name@Options& options, config::OptionTable& table);

}  // namespace sluice::@name@
