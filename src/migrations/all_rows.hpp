// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/tree.hpp"

#include <optional>
#include <string>

namespace sluice::migrations {

/// What a WHERE clause leaves out.
struct Reach
{
  enum class Rows { some, all, not_null } rows = Rows::some;
  std::string column;  ///< of `not_null`: all rows in which it has a value
};

/// Of a WHERE that may be missing. "All" is what can be told without a database: no condition, one of constants, a
/// column that equals itself.
[[nodiscard]] Reach reach_of(Node where);

}  // namespace sluice::migrations
