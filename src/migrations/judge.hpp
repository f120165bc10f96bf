// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "migrations/change_set.hpp"
#include "migrations/options.hpp"
#include "migrations/rule.hpp"

#include <vector>

namespace sluice::migrations {

/// Replays the migrations in their order and lets the rules look at those that are judged.
[[nodiscard]] Findings judge(const ChangeSet& set, const MigrationsOptions& options,
                             const std::vector<const Rule*>& rules);

}  // namespace sluice::migrations
