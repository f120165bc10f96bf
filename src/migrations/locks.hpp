// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "migrations/catalog.hpp"
#include "migrations/statement.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Modes of a table lock that make applications wait, weakest first.
enum class LockMode {
  share,                ///< no writes
  share_row_exclusive,  ///< no writes, no second one
  access_exclusive,     ///< no reads, no writes
};

/// What a statement does while it holds its lock, shortest first. What it takes grows with the table, except `instant`.
enum class LockLength {
  instant,      ///< changes the catalog alone
  scan,         ///< reads every row
  index_build,  ///< reads and sorts every row
  rewrite,      ///< writes every row and every index
};

struct TableLock
{
  QualifiedName table;
  LockMode mode = LockMode::access_exclusive;
  LockLength length = LockLength::instant;
};

/// The locks that a statement takes on tables that are there already and in use, one for each table, strongest first;
/// none if nobody is kept from reading or writing. Facts: pg_locks while the statement runs, and what the server says
/// of it at debug1, measured on PostgreSQL 15 (tests/unit/migrations/truth_test.cpp).
[[nodiscard]] std::vector<TableLock> blocking_locks(const Statement& statement, const Catalog& catalog);

/// "reads and writes" or "writes".
[[nodiscard]] std::string_view blocked_by(LockMode mode);

}  // namespace sluice::migrations

template<> struct sluice::EnumNames<sluice::migrations::LockMode>
{
  static constexpr std::array<std::string_view, 3> names{"SHARE", "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE"};
};

template<> struct sluice::EnumNames<sluice::migrations::LockLength>
{
  static constexpr std::array<std::string_view, 4> names{"instant", "scan", "index build", "rewrite"};
};
