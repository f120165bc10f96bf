// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string_view>
#include <vector>

namespace sluice::migrations {

/// What a statement does when it runs, for all that it holds: the command behind EXPLAIN ANALYZE and PREPARE, and those
/// in its WITH.
struct Deeds
{
  std::vector<Effect> effects = {};
  std::vector<QualifiedName> calls = {};  ///< these and the others as those of `Statement`
  std::vector<QualifiedName> attaches = {};
  std::vector<QualifiedName> runs_text = {};
  bool hides_path = false;
};

/// Only to be called within `on_deep_stack`. Clauses of ALTER TABLE are left to the rules. `kind` is the parser's name
/// of the node.
[[nodiscard]] Deeds deeds_of(std::string_view kind, Node node);

/// Whether the deeds of a command that only moves rows can be told without its tree, from the text of it: most of the
/// bytes of a repository are rows to insert.
[[nodiscard]] bool has_no_deeds(std::string_view kind, std::string_view tree);

}  // namespace sluice::migrations
