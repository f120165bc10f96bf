// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace sluice::gate {

/// What an operator tells one run of a promotion, and what it tells the programs that it runs, spelled as options are:
/// "previous-commit" is SLUICE_PREVIOUS_COMMIT. No executable takes one of them for an option that somebody misspelled,
/// and no program inherits one that was meant for another.
inline constexpr auto step_variables = std::to_array<std::string_view>(
    {"now", "promote-kill-at", "environment", "commit", "previous-commit", "expected-commit", "identity",
     "previous-identity", "idempotency-key", "fencing-token", "ledger-entry", "promotion", "step", "strategy", "weight",
     "data", "backup-file"});

}  // namespace sluice::gate
