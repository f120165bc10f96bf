// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/one_of.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sluice::gate {

struct StepVariable
{
  std::string_view name;  ///< as options are spelled: "previous-commit" is SLUICE_PREVIOUS_COMMIT
  std::string_view meaning;
};

/// What a promotion tells the programs that it runs. No executable takes one of these variables for an option that
/// somebody misspelled, and no program inherits one that was meant for another.
inline constexpr auto step_variables = std::to_array<StepVariable>({
    {"environment", "The environment that is promoted to."},
    {"commit", "The commit that is brought in; of a rollback the one that is left."},
    {"previous-commit", "The commit that is live, empty if there is none; of a rollback the one that is brought back."},
    {"identity", "What the release is known by: the commit, an image's digest, or the files'."},
    {"previous-identity", "The same of the previous one."},
    {"idempotency-key", "The same on every resume of a step, and another for every step and promotion."},
    {"fencing-token", "A number that never falls: whoever was told a higher one refuses a lower one."},
    {"promotion", "The id of the ledger's entry that began the promotion. A service that answers with it as "
                  "`ledger_entry` lets a runner see that the ledger was wound back."},
    {"ledger-entry", "The id of the ledger's newest confirmed entry, for the same."},
    {"step", "The step that the program is run for: backup, migrate, deploy, diagnose, rollback, restore; deploy-10 of "
             "a canary; look outside of a promotion."},
    {"strategy", "direct, rolling, blue-green or canary."},
    {"weight", "The share of the traffic that a canary's step gives the release, in percent."},
    {"data", "What becomes of the data on the way back: keep or restore."},
    {"backup-file", "The backup that was made and proven, for the step that restores it."},
    {"expected-commit", "Of a probe: the commit that should answer."},
});

/// What an operator tells one run of a promotion.
inline constexpr std::array<std::string_view, 2> run_variables{"now", "promote-kill-at"};

/// Whether it is one of either, spelled as options are.
[[nodiscard]] inline bool
is_step_variable(std::string_view name)
{
  const bool is_told = std::any_of(step_variables.begin(), step_variables.end(),
                                   [name](const StepVariable& each) { return each.name == name; });
  return is_told || is_one_of(name, run_variables);
}

}  // namespace sluice::gate
