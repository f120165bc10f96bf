// SPDX-License-Identifier: Apache-2.0
//
// Writing the baseline. Several gates write one file, side by side under `sluice check` and in a pipeline's jobs on one
// machine: each reads it, replaces its own entries and writes it whole, under a lock, so that none loses another's.
//
// What a run has not examined it cannot know to be gone: an update over a range, over some files or with gaps adds what
// it found and keeps the rest.
#pragma once

#include "cli/setup.hpp"
#include "finding/policy.hpp"

#include <optional>
#include <string>

namespace sluice::cli {

struct SavedBaseline
{
  Baseline baseline;
  std::string notice;  ///< says what was written where
};

/// Writes the baseline file if --baseline-action asks for it, else does nothing. What an `allow` entry or a comment
/// covers is not written: it would outlive its last day.
[[nodiscard]] Result<std::optional<SavedBaseline>> save_baseline(const Setup& setup, const Invocation& invocation,
                                                                 const Policy& policy, const Findings& findings);

/// To be asked before several gates write the file side by side. Error: it is to be created, and exists.
[[nodiscard]] Result<> check_baseline_is_new(const Setup& setup, const Invocation& invocation);

}  // namespace sluice::cli
