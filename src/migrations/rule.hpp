// SPDX-License-Identifier: Apache-2.0
//
// A rule looks at a statement, at a file, at the change as a whole, or at the database that it leaves behind: it has
// the function for the narrowest of these that shows it what it has to see. All that it is told is const and it keeps
// no state, so that the order of rules never matters.
#pragma once

#include "finding/rule_meta.hpp"
#include "migrations/catalog.hpp"
#include "migrations/catalog_view.hpp"
#include "migrations/locks.hpp"
#include "migrations/novelty.hpp"
#include "migrations/reporter.hpp"
#include "migrations/session.hpp"
#include "migrations/statement.hpp"

#include <array>
#include <set>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Where a statement stands when it runs.
struct MigrationContext
{
  const CatalogView& catalog;            ///< the database just before the statement
  std::span<const Statement> following;  ///< the statements of the file that come after it
  bool in_transaction = false;
  std::string_view transaction_reason;  ///< a clause: "it stands after BEGIN"
  bool has_lock_timeout = false;
  const std::set<QualifiedName>* called =
      nullptr;  ///< functions that earlier statements of the file called; never null
};

/// A statement that ran, with what held just before.
struct Executed
{
  const Statement* statement = nullptr;  ///< never null
  bool in_transaction = false;
  bool has_lock_timeout = false;
  bool is_new = true;            ///< false: databases have run it before the change
  std::vector<TableLock> locks;  ///< those that keep others from tables in use, strongest first
};

/// A file that was judged, when its last statement has run.
struct JudgedFile
{
  const gate::SourceText* source = nullptr;  ///< never null
  const Novelty* novelty = nullptr;          ///< never null
  std::vector<Statement> statements;
  std::vector<Executed> executed;  ///< one for each of `statements`; those that are not new have no locks
  Session session;                 ///< as the last statement left it: in a transaction, with a lock timeout
};

/// All files that were judged and the database around them.
struct Change
{
  std::span<const JudgedFile> files;  ///< in the order in which they run
  const Catalog& before;              ///< of the migrations that were there before
  const Catalog& after;               ///< of all of them
};

/// What the change makes of the database, however it gets there.
struct EndState
{
  const Catalog& before;
  const Catalog& after;  ///< its tables tell which file touched them last
};

/// What happens if a rule is right: the tags of its meta.
namespace consequence {
inline constexpr std::array<std::string_view, 1> lock{"lock"};  ///< others wait
inline constexpr std::array<std::string_view, 2> rewrite{"lock",
                                                         "rewrite"};  ///< others wait for as long as all rows take
inline constexpr std::array<std::string_view, 2> scan{"lock", "scan"};
inline constexpr std::array<std::string_view, 1> failure{"failure"};    ///< of the migration
inline constexpr std::array<std::string_view, 1> breakage{"breakage"};  ///< of the running application
inline constexpr std::array<std::string_view, 2> loss{"breakage", "data-loss"};
}  // namespace consequence

/// Has at least one of the four functions; the others are null.
struct Rule
{
  RuleMeta meta;
  /// For each statement of each judged file, just before it runs.
  void (*check)(const Statement& statement, const MigrationContext& context, Reporter& reporter) = nullptr;
  /// For each judged file, after its last statement.
  void (*check_file)(const JudgedFile& file, Reporter& reporter) = nullptr;
  /// Once, after the last file, if any was judged.
  void (*check_change)(const Change& change, ChangeReporter& reporter) = nullptr;
  /// Likewise.
  void (*check_end_state)(const EndState& state, ChangeReporter& reporter) = nullptr;
  /// What squawk calls this, separated by spaces, so that its `-- squawk-ignore` comments keep counting.
  std::string_view squawk = {};
  /// A rule for what no other reports looks at a statement when all others have.
  enum class Turn { any, last } turn = Turn::any;
};

/// Every file of rules/, by id.
[[nodiscard]] std::span<const Rule* const> rules();
[[nodiscard]] std::span<const std::string_view> rule_ids();

inline constexpr std::string_view tool_name = "migrations";

}  // namespace sluice::migrations
