// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/gate_input.hpp"
#include "config/option_table.hpp"
#include "finding/finding.hpp"
#include "migrations/options.hpp"

#include <span>
#include <string_view>

namespace sluice::migrations {

/// Judges the migrations that a change brings, with what earlier ones tell of the database.
struct MigrationsGate
{
  static constexpr std::string_view name = "migrations";
  MigrationsOptions options;

  [[nodiscard]] static const ci::GateInfo& info();
  void describe(config::OptionTable& table);

  /// Errors (ErrorKind::usage): a path or a chosen framework's directory does not exist, `disable` names no rule of
  /// ours, or a version is none.
  [[nodiscard]] Result<Findings> run(const ci::GateInput& input) const;
  [[nodiscard]] static std::span<const RuleMeta* const> rule_metas();
};

}  // namespace sluice::migrations
