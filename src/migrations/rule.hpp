// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/rule_meta.hpp"
#include "migrations/catalog.hpp"
#include "migrations/reporter.hpp"
#include "migrations/statement.hpp"

#include <array>
#include <span>
#include <string_view>

namespace sluice::migrations {

/// Where a statement stands when it runs.
struct MigrationContext
{
  const Catalog& catalog;                ///< the database just before the statement
  std::span<const Statement> following;  ///< the statements of the file that come after it
  bool in_transaction = false;
  std::string_view transaction_reason;  ///< a clause: "it stands after BEGIN"
  bool has_lock_timeout = false;
  bool locked_before = false;  ///< an earlier statement of the file took a blocking lock without a timeout
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

/// A rule looks at one statement at a time and keeps no state.
struct Rule
{
  RuleMeta meta;
  void (*check)(const Statement& statement, const MigrationContext& context, Reporter& reporter);
  /// What squawk calls this, separated by spaces, so that its `-- squawk-ignore` comments keep counting.
  std::string_view squawk = {};
};

/// Every file of rules/, by id.
[[nodiscard]] std::span<const Rule* const> rules();

inline constexpr std::string_view tool_name = "migrations";

}  // namespace sluice::migrations
