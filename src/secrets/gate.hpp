// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/gate_input.hpp"
#include "config/option_table.hpp"
#include "finding/finding.hpp"
#include "secrets/options.hpp"

#include <span>

namespace sluice::secrets {

/// Does any credential hide anywhere in this repository's history?
struct SecretsGate
{
  SecretsOptions options;

  [[nodiscard]] static const ci::GateInfo& info();
  void describe(config::OptionTable& table);

  /// Errors: a rule that is disabled does not exist, or the scope needs what is not there (a repository, an index).
  /// Whatever could not be examined is a gap.
  [[nodiscard]] Result<Findings> run(const ci::GateInput& input) const;

  [[nodiscard]] static std::span<const RuleMeta* const> rule_metas();
};

}  // namespace sluice::secrets
