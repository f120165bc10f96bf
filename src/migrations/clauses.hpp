// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// {"String":{"sval":…}} nodes as texts; other nodes are left out.
[[nodiscard]] std::vector<std::string> strings_of(Node list);
/// The last one or two texts of a list of String nodes.
[[nodiscard]] QualifiedName name_of(Node list);
/// A RangeVar.
[[nodiscard]] QualifiedName relation_of(Node range_variable);
/// An A_Const as text, "" if it is none.
[[nodiscard]] std::string constant_of(Node node);

[[nodiscard]] TypeName type_of(Node type_name);
[[nodiscard]] Column column_of(Node column_definition);
[[nodiscard]] Constraint constraint_of(Node constraint);
/// USING of ALTER COLUMN … TYPE.
[[nodiscard]] Conversion conversion_of(Node expression, std::string_view column, const TypeName& type);

}  // namespace sluice::migrations
