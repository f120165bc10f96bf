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

/// How findings of a run with this policy can be accepted.
[[nodiscard]] Acceptance acceptance_of(const Setup& setup, const Policy& policy, const Invocation& invocation);

}  // namespace sluice::cli
