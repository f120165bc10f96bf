// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"

namespace sluice::migrations {

/// Whether a function gives every row its own value. A stable one is computed once and stored in the catalog.
enum class Volatility { not_volatile, is_volatile, unknown };

/// Of functions that come with PostgreSQL, its uuid-ossp and pgcrypto extensions, and Supabase's `auth` schema.
/// Fact: pg_proc.provolatile of PostgreSQL 15, for every name without a volatile variant that can be called from SQL
/// (tests/unit/migrations/truth_test.cpp asks the server).
[[nodiscard]] Volatility known_volatility(const QualifiedName& function);

}  // namespace sluice::migrations
