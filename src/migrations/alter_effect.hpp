// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Of a statement that changes what is there, by the parser's name of its node: ALTER and RENAME of all kinds. Clauses
/// of ALTER TABLE are left to the rules.
[[nodiscard]] std::vector<Effect> alter_effects(std::string_view kind, Node node);

}  // namespace sluice::migrations
