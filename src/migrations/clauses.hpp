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
/// Whether a list of DefElem has the option, and not off: "(FULL, ANALYZE false)" has FULL.
[[nodiscard]] bool has_option(Node list, std::string_view name);

/// Calls `visit(Node)` for every object below `root` and for itself, without recursion: expressions nest as deep as
/// their author likes.
template<typename Visit>
void
for_each_object(Node root, Visit&& visit)
{
  std::vector<Node> open{root};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (node.is_object()) {
      visit(node);
    }
    for (const Node child : node.items()) {
      open.push_back(child);
    }
  }
}

/// USING of ALTER COLUMN … TYPE.
[[nodiscard]] Conversion conversion_of(Node expression, std::string_view column, const TypeName& type);

}  // namespace sluice::migrations
