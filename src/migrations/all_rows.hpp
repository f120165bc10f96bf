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

/// Of a WHERE that may be missing, in a command that changes the relation (a RangeVar). "All" is what can be told
/// without a database: no condition, one that is true, one that is the same for every row because it names no column of
/// it, a column that equals itself, one that is among its own values.
[[nodiscard]] Reach reach_of(Node where, Node relation);

}  // namespace sluice::migrations
