// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/setup.hpp"
#include "finding/policy.hpp"

namespace sluice::cli {

/// The policy that the options describe, with the baseline read (for a change under test: the base branch's). An id
/// that is no rule of any gate is an error where it could weaken something unnoticed (a severity, a flag), and a notice
/// where it only makes the gate stricter.
[[nodiscard]] Result<Policy> make_policy(Setup& setup, const gate::Type& type, const Invocation& invocation,
                                         Date today);

/// Where a trusted tip decides, whoever writes the change does not: there a comment must at least name its rule and say
/// why. What the counting configuration sets is what it wants.
[[nodiscard]] InlineComments inline_comments_of(const Setup& setup);

struct SavedBaseline
{
  Baseline baseline;
  std::string notice;  ///< says what was written where
};

/// Writes the baseline file if --baseline-action asks for it, else does nothing.
[[nodiscard]] Result<std::optional<SavedBaseline>> save_baseline(const Setup& setup, const Invocation& invocation,
                                                                 const Findings& findings);

}  // namespace sluice::cli
