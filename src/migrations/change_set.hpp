// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "gate/file_tree.hpp"
#include "gate/input.hpp"
#include "gate/source_text.hpp"
#include "migrations/framework.hpp"
#include "migrations/novelty.hpp"
#include "migrations/options.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice::migrations {

/// What a migration is to a run. Those that are not judged only say what the database looks like.
enum class Role {
  judged,
  excluded,  ///< by the options
  replayed,  ///< it brings nothing that was not there before the change
};

struct Migration
{
  gate::SourceText source;  ///< its path is relative to the repository
  Role role = Role::judged;
  Novelty novelty = {};  ///< of what it says; all of it is new where nothing says otherwise
};

/// A file of a migrations' directory that its tool does not run.
struct SkippedFile
{
  std::string path;  ///< relative to the repository
  std::string why;   ///< a clause: "its name is not <digits>_<name>.sql"
};

/// The migrations of one tool in the order in which it runs them.
struct ChangeSet
{
  const Framework* framework = nullptr;  ///< null: there are no migrations
  /// What the database has run before the change, as it was then.
  std::vector<gate::SourceText> history;
  std::vector<Migration> migrations;
  std::vector<SkippedFile> skipped;
  /// All new files are deployed together, so what one creates is new to the next. Without a base every file is
  /// a deployment of its own.
  enum class Deployment { together, one_by_one } deployment = Deployment::one_by_one;
  std::string scope;  ///< of the coverage
  std::vector<Gap> gaps;
  std::optional<Absence> absence;  ///< why nothing is judged
  std::string prefix;              ///< of all paths: where the directory lies in the repository, "" or "services/api/"
};

/// Finds and reads them. Errors (ErrorKind::usage): a path of the options does not exist, or the framework was chosen
/// and has no directory.
[[nodiscard]] Result<ChangeSet> load_change_set(const MigrationsOptions& options, const gate::Input& input);

}  // namespace sluice::migrations
