// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <optional>

namespace sluice::migrations {

/// Of a DropStmt. Nothing if it takes away no more than what it names, and nobody waits for it or misses it: a trigger,
/// a policy, an index that is dropped concurrently.
[[nodiscard]] std::optional<Effect> effect_of_drop(Node drop);

}  // namespace sluice::migrations
