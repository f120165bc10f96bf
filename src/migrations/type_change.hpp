// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"

namespace sluice::migrations {

/// What ALTER COLUMN … TYPE does to the rows of a table.
enum class TypeChange {
  in_place,         ///< only the catalog changes
  time_zone_bound,  ///< in place if the session's time zone is UTC, else every row is rewritten
  rewrite,
};

/// Facts: ATColumnChangeRequiresRewrite (tablecmds.c), the support functions of the length coercions (varchar,
/// varbit, numeric, and the date and time types) and the casts of pg_cast that need no function, each measured on
/// PostgreSQL 15 (tests/unit/migrations/truth_test.cpp).
[[nodiscard]] TypeChange type_change(const TypeName& from, const TypeName& to);

}  // namespace sluice::migrations
