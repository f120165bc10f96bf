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

/// Why a tool does not run a file of its directory.
struct Skip
{
  std::string why;  ///< a clause: "its name is not <digits>_<name>.sql"
  /// Whether people may take the file for a migration, so that they have to be told.
  enum class Told { as_gap, not_at_all } told = Told::as_gap;
};

/// A migration tool, or its absence: which files it runs, in which order, and in which transactions.
struct Framework
{
  std::string_view id;  ///< the name of its file; as the option spells it
  /// Where its migrations usually are, relative to the root. Detection and the first configuration look here.
  std::span<const std::string_view> usual_directories;
  /// What shows that such a directory is this tool's.
  enum class Sign { directory, sql_files } sign = Sign::directory;
  /// Whether a directory that a person named looks like this tool's.
  bool (*claims)(std::string_view directory);
  /// Whether it is the one that takes what no other claims.
  enum class Precedence { own, last_resort } precedence = Precedence::own;
  enum class Depth { flat, nested } depth = Depth::flat;
  /// Why the tool does not run this file of SQL, whose path is relative to the directory; nothing if it does. `all` are
  /// the files of the directory, sorted.
  std::optional<Skip> (*skips)(std::string_view path, std::span<const std::string> all);
  /// Of a file that another tool was meant to run: what was misread. Nothing if there is no sign of it.
  std::optional<std::string> (*foreign_marks)(std::string_view text);
  FileTransaction (*transaction)(const MigrationsOptions& options);
  std::string_view transaction_reason;
  /// Whether the tool takes the statement out of the file's transaction. `position` counts statements from 0.
  bool (*runs_outside)(const Statement& statement, std::size_t position, const MigrationsOptions& options);

  /// Whether the statement, which is next in the session, runs in a transaction.
  [[nodiscard]] bool in_transaction(const Session& session, const Statement& statement, std::size_t position,
                                    const MigrationsOptions& options) const;
};

/// Whether a file's name says that it holds SQL, in any case of the letters.
[[nodiscard]] bool is_sql(std::string_view path);
/// Whether a file beside migrations may be one for some tool, or for people, though its name does not end in .sql:
/// "1_x.pgsql", "1_x.sql.gz", "2_x.py", "3_x". All may but texts for people, data, and settings.
[[nodiscard]] bool may_be_migration(std::string_view path);

/// Every file of frameworks/, by id.
[[nodiscard]] std::span<const Framework* const> frameworks();

/// Null if there is none.
[[nodiscard]] const Framework* find_framework(std::string_view id);

/// The same in the order of detection: the last resort last.
[[nodiscard]] std::vector<const Framework*> frameworks_by_precedence();

/// Where migrations are, and how one can tell.
struct Detection
{
  std::vector<std::string> directories;  ///< relative to the root, never empty
  std::string reason;                    ///< a clause: "supabase/migrations is there"
};

/// The framework's usual directories that are in the tree and show its sign; nothing if none does.
[[nodiscard]] std::optional<Detection> detect(const Framework& framework, const gate::FileTree& tree);

}  // namespace sluice::migrations
