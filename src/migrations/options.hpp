// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "migrations/session.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// The choice that leaves the framework to detection.
inline constexpr std::string_view automatic = "auto";

/// Every framework, by id; generated from the listing of frameworks/.
[[nodiscard]] std::span<const std::string_view> framework_ids();

/// Which migrations are judged. The words are those of other gates that have a scope.
enum class Scope {
  automatic,  ///< those of the change; without one all
  range,      ///< the same
  staged,     ///< those that the next commit brings, as they are in the index
  history,    ///< all
  worktree,   ///< all that are on disk
};

struct MigrationsOptions
{
  Scope scope = Scope::automatic;
  std::vector<std::string> paths;
  std::string framework{automatic};  ///< an id, or `automatic`
  FileTransaction transaction = FileTransaction::none;
  std::string supabase_cli_version;
  std::vector<std::string> exclude;
};

void describe(MigrationsOptions& options, config::OptionTable& table);
void check(const MigrationsOptions& options, config::OptionChecks& checks);

}  // namespace sluice::migrations

template<> struct sluice::EnumNames<sluice::migrations::Scope>
{
  static constexpr std::array<std::string_view, 5> names{"auto", "range", "staged", "history", "worktree"};
};

template<> struct sluice::EnumNames<sluice::migrations::FileTransaction>
{
  static constexpr std::array<std::string_view, 2> names{"none", "per-file"};
};
