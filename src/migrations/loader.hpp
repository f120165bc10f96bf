// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/change_tree.hpp"
#include "migrations/change_set.hpp"
#include "migrations/framework.hpp"
#include "migrations/options.hpp"

#include <string>
#include <vector>

namespace sluice::migrations {

/// A file or directory to look into.
struct PathToRead
{
  std::string path;  ///< relative to the directory that is judged, without links on its way
  enum class Kind { file, directory } kind = Kind::directory;
};

struct Reading
{
  const MigrationsOptions& options;
  const gate::ChangeTree& tree;
  const Framework& framework;
  const std::vector<PathToRead>& paths;
  /// Whose migrations the base had, in its usual directories; null: it had none, or the paths are named.
  const Framework* base_framework = nullptr;
};

/// Fills in the migrations, what was there before them, and all that was not read: skipped files and gaps.
void load_migrations(const Reading& reading, ChangeSet& set);

}  // namespace sluice::migrations
