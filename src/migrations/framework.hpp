// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/file_tree.hpp"
#include "migrations/options.hpp"
#include "migrations/session.hpp"
#include "migrations/statement.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Where migrations are, and how one can tell.
struct Detection
{
  std::vector<std::string> directories;  ///< relative to the root
  std::string reason;                    ///< a clause: "supabase/migrations is there"
};

/// A migration tool, or its absence: which files it runs, in which order, and in which transactions.
struct Framework
{
  std::string_view id;  ///< the name of its file; as the option spells it
  /// Whether the tree is laid out for this tool.
  std::optional<Detection> (*detect)(const gate::FileTree& tree);
  /// Whether a directory that a person named looks like this tool's.
  bool (*claims)(std::string_view directory);
  /// Whether it is the one that takes what no other claims.
  enum class Precedence { own, last_resort } precedence = Precedence::own;
  enum class Depth { flat, nested } depth = Depth::flat;
  /// Why the tool does not run this .sql file, whose path is relative to the directory; nothing if it does.
  std::optional<std::string> (*skips)(std::string_view path);
  /// Of a file that another tool was meant to run: what was misread. Nothing if there is no sign of it.
  std::optional<std::string> (*foreign_marks)(std::string_view text);
  FileTransaction (*transaction)(const MigrationsOptions& options);
  std::string_view transaction_reason;
  /// Whether the tool takes the statement out of the file's transaction. `position` counts statements from 0.
  bool (*runs_outside)(const Statement& statement, std::size_t position, const MigrationsOptions& options);
};

/// Every file of frameworks/, by id.
[[nodiscard]] std::span<const Framework* const> frameworks();

/// The same in the order of detection: the last resort last.
[[nodiscard]] std::vector<const Framework*> frameworks_by_precedence();

}  // namespace sluice::migrations
