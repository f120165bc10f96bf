// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window_sweep.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::sys_seconds;

/// Some hundredths of a second. Windows that people write need a few hundred for ten years in which nothing changes.
constexpr std::size_t most_effort = 50'000;

/// To compare what a window said costs about that much less than to ask it.
constexpr std::size_t seen_per_asked = 32;

}  // namespace

WindowSweep::WindowSweep(std::span<const WindowRule> allow, std::span<const WindowRule> deny, sys_seconds instant)
    : allow_{allow, std::vector<WindowPhase>(allow.size(), WindowPhase{false, sys_seconds::min()})},
      deny_{deny, std::vector<WindowPhase>(deny.size(), WindowPhase{false, sys_seconds::min()})}
{
  move_to(instant);
  effort_ = 0;
}

void
WindowSweep::ask(Side& side, sys_seconds instant)
{
  effort_ += 1 + side.phases.size() / seen_per_asked;
  for (std::size_t i = 0; i < side.phases.size(); ++i) {
    if (side.phases[i].until <= instant) {
      side.phases[i] = side.rules[i].at(instant);
      ++effort_;
    }
  }
}

void
WindowSweep::move_to(sys_seconds instant)
{
  ask(allow_, instant);
  ask(deny_, instant);
}

const WindowRule*
WindowSweep::Side::covering() const
{
  const WindowRule* longest = nullptr;
  sys_seconds until = sys_seconds::min();
  for (std::size_t i = 0; i < phases.size(); ++i) {
    if (phases[i].covers && phases[i].until > until) {
      longest = &rules[i];
      until = phases[i].until;
    }
  }
  return longest;
}

sys_seconds
WindowSweep::Side::covered_until() const
{
  sys_seconds until = sys_seconds::min();
  for (const WindowPhase& phase : phases) {
    until = phase.covers ? std::max(until, phase.until) : until;
  }
  return until;
}

sys_seconds
WindowSweep::Side::clear_until() const
{
  sys_seconds until = end_of_time;
  for (const WindowPhase& phase : phases) {
    until = phase.covers ? until : std::min(until, phase.until);
  }
  return until;
}

WindowDecision
WindowSweep::decision() const
{
  if (const WindowRule* denying = deny_.covering(); denying != nullptr) {
    return {false, deny_.covered_until(), denying};
  }
  if (allow_.rules.empty()) {
    return {true, deny_.clear_until(), nullptr};
  }
  if (const WindowRule* allowing = allow_.covering(); allowing != nullptr) {
    return {true, std::min(allow_.covered_until(), deny_.clear_until()), allowing};
  }
  return {false, allow_.clear_until(), nullptr};
}

WindowOutlook
look_ahead(std::span<const WindowRule> allow, std::span<const WindowRule> deny, sys_seconds instant, sys_seconds end)
{
  WindowSweep sweep(allow, deny, instant);
  WindowOutlook outlook{.now = sweep.decision(), .change = {}, .then = {}, .looked_until = end};
  WindowDecision decision = outlook.now;
  while (decision.until < end) {
    if (sweep.effort() > most_effort) {
      outlook.looked_until = decision.until;
      return outlook;
    }
    const sys_seconds next = decision.until;
    sweep.move_to(next);
    decision = sweep.decision();
    if (decision.is_open != outlook.now.is_open) {
      outlook.change = next;
      outlook.then = decision;
      return outlook;
    }
  }
  return outlook;
}

}  // namespace sluice::promote
