// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "gate/file_tree.hpp"
#include "gate/input.hpp"
#include "migrations/framework.hpp"
#include "migrations/options.hpp"
#include "migrations/reporter.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice::migrations {

/// Whether a migration is part of the change or was there before and only says what the database looks like.
enum class Role { judged, replayed };

struct Migration
{
  gate::SourceText source;  ///< its path is relative to the repository
  Role role = Role::judged;
};

/// The migrations of one tool in the order in which it runs them.
struct ChangeSet
{
  const Framework* framework = nullptr;  ///< null: there are no migrations
  std::vector<Migration> migrations;
  /// All new files are deployed together, so what one creates is new to the next. Without a base every file is
  /// a deployment of its own.
  enum class Deployment { together, one_by_one } deployment = Deployment::one_by_one;
  std::string scope;  ///< of the coverage
  std::vector<Gap> gaps;
  std::optional<Absence> absence;  ///< why nothing is judged
};

/// Finds and reads them. Errors (ErrorKind::usage): a path of the options does not exist, or the framework was chosen
/// and has no directory.
[[nodiscard]] Result<ChangeSet> load_change_set(const MigrationsOptions& options, const gate::Input& input);

}  // namespace sluice::migrations
