// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string_view>

namespace sluice::migrations {

/// What a function that comes with PostgreSQL or an extension does to others than its caller.
struct FunctionEffect
{
  std::string_view schema;  ///< empty: any, for an extension can be in any
  std::string_view name;
  std::string_view does;
  std::string_view help;
  Severity severity = Severity::high;
};

/// Null if it only computes, or is none that comes with either. Facts: PostgreSQL's "System Administration Functions"
/// and "Server Signaling Functions", its pages of contrib modules, and the function references of TimescaleDB, PostGIS,
/// pg_partman, pgmq and pg_cron.
[[nodiscard]] const FunctionEffect* effect_of_function(const QualifiedName& function);

/// Whether the function runs a text of SQL, here or in another session, database or hour.
[[nodiscard]] bool runs_text(const QualifiedName& function);

/// Of a FuncCall of such a function: whether the text is written out and harmless. Only to be called within
/// `on_deep_stack`. What the text calls is added to `calls`.
[[nodiscard]] bool is_text_harmless(Node call, std::vector<QualifiedName>& calls);

}  // namespace sluice::migrations
