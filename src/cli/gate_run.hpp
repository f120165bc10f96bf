// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/setup.hpp"
#include "finding/policy.hpp"
#include "finding/report.hpp"

namespace sluice::cli {

/// A gate about to run, with its options bound into the setup's table.
struct GateRun
{
  GateRun(const gate::Type& type, const Invocation& invocation);
  GateRun(const GateRun&) = delete;
  GateRun& operator=(const GateRun&) = delete;

  const gate::Type& type;
  const Invocation& invocation;
  Setup setup;
  std::unique_ptr<gate::Options> options;
};

/// When a run began: by the calendar, for printing and judging, and by a clock that nobody sets.
struct Start
{
  std::chrono::system_clock::time_point wall;
  std::chrono::steady_clock::time_point steady;
};
[[nodiscard]] Start start_of(const Invocation& invocation);

/// The day that counts: `--as-of`, or the invocation's.
[[nodiscard]] Date today_of(const Setup& setup, const Invocation& invocation);

/// What a gate or a command is told, without its progress and services.
[[nodiscard]] gate::Input gate_input(const Setup& setup, const Invocation& invocation, Date today);

/// The report of what was found, with its context and timing.
[[nodiscard]] RawReport judge(const GateRun& run, Findings findings, const Policy& policy, Start start);

/// Runs a gate to its report: run, judge, act. The report's context and timing are filled.
[[nodiscard]] Result<Report> run_to_report(GateRun& run);

/// The whole executable `sluice-<gate>`: everything from arguments to sinks. Returns the exit status.
[[nodiscard]] int run_gate(const gate::Type& type, const Invocation& invocation);

}  // namespace sluice::cli
