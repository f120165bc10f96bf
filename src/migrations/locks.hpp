// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "migrations/catalog.hpp"
#include "migrations/statement.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace sluice::migrations {

/// Modes of a table lock that make applications wait, weakest first.
enum class LockMode {
  share,                ///< no writes
  share_row_exclusive,  ///< no writes, no second one
  access_exclusive,     ///< no reads, no writes
};

struct TableLock
{
  QualifiedName table;
  LockMode mode = LockMode::access_exclusive;
};

/// The strongest lock that a statement takes on a table that is there already and in use; nothing if it takes none
/// that keeps anybody from reading or writing. Fact: pg_locks while the statement runs, measured on PostgreSQL 15
/// (tests/unit/migrations/truth_test.cpp).
[[nodiscard]] std::optional<TableLock> blocking_lock(const Statement& statement, const Catalog& catalog);

/// "reads and writes" or "writes".
[[nodiscard]] std::string_view blocked_by(LockMode mode);

}  // namespace sluice::migrations

template<> struct sluice::EnumNames<sluice::migrations::LockMode>
{
  static constexpr std::array<std::string_view, 3> names{"SHARE", "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE"};
};
