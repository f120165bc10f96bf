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
  std::vector<Effect> effects;
  std::vector<QualifiedName> calls;  ///< each once
};

/// Clauses of ALTER TABLE are left to the rules. `kind` is the parser's name of the node.
[[nodiscard]] Deeds deeds_of(std::string_view kind, Node node);

/// Whether the deeds of a command that only moves rows can be told without its tree, from the text of it: most of the
/// bytes of a repository are rows to insert.
[[nodiscard]] bool has_no_deeds(std::string_view kind, std::string_view tree);

/// Whether the text of a function's body has commands that can destroy, lock or run anything else.
[[nodiscard]] bool may_harm(std::string_view body);

}  // namespace sluice::migrations
