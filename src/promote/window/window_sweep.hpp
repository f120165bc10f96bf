// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/window/window_phase.hpp"
#include "promote/window/window_rule.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace sluice::promote {

/// What all windows say together of an instant, and which of them decides.
struct WindowDecision
{
  bool is_open = true;
  std::chrono::sys_seconds until = end_of_time;  ///< it is surely so before
  const WindowRule* by = nullptr;                ///< a window that denies it or allows it now; null: none does
};

/// Goes through time from one instant on, and asks each window again only when what it said may be over.
class WindowSweep
{
public:
  WindowSweep(std::span<const WindowRule> allow, std::span<const WindowRule> deny, std::chrono::sys_seconds instant);

  [[nodiscard]] WindowDecision decision() const;
  void move_to(std::chrono::sys_seconds instant);

  /// Windows that were asked, about.
  [[nodiscard]] std::size_t
  effort() const
  {
    return effort_;
  }

private:
  struct Side
  {
    std::span<const WindowRule> rules;
    std::vector<WindowPhase> phases;
    /// The one that covers the instant and does so for longest; null: none does.
    [[nodiscard]] const WindowRule* covering() const;
    [[nodiscard]] std::chrono::sys_seconds covered_until() const;
    [[nodiscard]] std::chrono::sys_seconds clear_until() const;
  };
  void ask(Side& side, std::chrono::sys_seconds instant);

  Side allow_, deny_;
  std::size_t effort_ = 0;
};

/// What is so at an instant, and what comes next.
struct WindowOutlook
{
  WindowDecision now;
  std::optional<std::chrono::sys_seconds> change;  ///< when it is not so any more
  WindowDecision then;                             ///< what is so from the change on
  std::chrono::sys_seconds looked_until;           ///< no change before this was missed
};

/// Looks for a change before `end`, and less far where very many windows change nothing together.
[[nodiscard]] WindowOutlook look_ahead(std::span<const WindowRule> allow, std::span<const WindowRule> deny,
                                       std::chrono::sys_seconds instant, std::chrono::sys_seconds end);

}  // namespace sluice::promote
