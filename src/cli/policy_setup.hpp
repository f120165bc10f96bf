// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/gate_run.hpp"
#include "finding/policy.hpp"

namespace sluice::cli {

/// The policy that the options describe, with the baseline read (for a change under test: the base branch's).
[[nodiscard]] Result<Policy> make_policy(const Setup& setup, const Invocation& invocation, Date today);

struct SavedBaseline
{
  Baseline baseline;
  std::string notice;  ///< says what was written where
};

/// Writes the baseline file if --baseline-action asks for it, else does nothing.
[[nodiscard]] Result<std::optional<SavedBaseline>> save_baseline(const Setup& setup, const Invocation& invocation,
                                                                 const Findings& findings);

}  // namespace sluice::cli
