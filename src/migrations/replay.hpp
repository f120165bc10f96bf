// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "gate/why.hpp"
#include "migrations/change_set.hpp"
#include "migrations/options.hpp"
#include "migrations/rule.hpp"

#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Asks why the rules do what they do in one file.
struct Inquiry
{
  std::string_view path = {};            ///< of a migration of the set
  gate::Decisions* decisions = nullptr;  ///< null: nobody asks
};

/// Replays the migrations in their order and lets the rules look at those that are judged.
[[nodiscard]] Findings replay(const ChangeSet& set, const MigrationsOptions& options,
                              const std::vector<const Rule*>& rules, const Inquiry& inquiry = {});

}  // namespace sluice::migrations
