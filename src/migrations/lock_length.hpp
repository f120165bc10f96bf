// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/locks.hpp"

namespace sluice::migrations {

/// What a clause of ALTER TABLE does to the rows. Where the migrations do not tell enough, the longer of the
/// possibilities.
[[nodiscard]] LockLength length_of(const AlterTable& alter, const AlterClause& clause, const Catalog& catalog);

/// What a statement does that is no ALTER TABLE.
[[nodiscard]] LockLength length_of(const LockingStatement& locking, std::string_view node);

}  // namespace sluice::migrations
