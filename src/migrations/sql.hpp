// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/splitter.hpp"
#include "migrations/statement.hpp"

#include <string_view>
#include <vector>

namespace sluice::migrations {

/// A script as far as it could be understood; what could not is in `foreign`.
struct Script
{
  std::vector<Statement> statements;
  std::vector<Foreign> foreign;
};

/// Never fails: text that is not SQL of the grammar's version, too large, or not UTF-8 becomes `foreign`.
[[nodiscard]] Script parse_script(std::string_view text);

}  // namespace sluice::migrations
