// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Functions that a statement names, without a call, for the server to run: those of triggers, operators, aggregates,
/// casts, operator classes, types, conversions, handlers. Names of types may be among them.
[[nodiscard]] std::vector<QualifiedName> attached_by_name(std::string_view kind, Node node);

/// Columns that are written `row.name` or `(row).name`, which is how `name(row)` is called as well.
[[nodiscard]] std::vector<QualifiedName> called_as_columns(Node object);

}  // namespace sluice::migrations
