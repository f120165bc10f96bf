// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "promote/window/cron.hpp"
#include "promote/window/window.hpp"
#include "promote/window/window_days.hpp"
#include "promote/window/window_phase.hpp"
#include "promote/window/zone.hpp"

#include <chrono>
#include <functional>
#include <string_view>
#include <variant>

namespace sluice::promote {

/// From one instant to another.
struct InstantWindow
{
  std::chrono::sys_seconds begin, end;
  [[nodiscard]] WindowPhase at(std::chrono::sys_seconds instant) const;
};

/// From each time of one expression to the next time of the other. Of times that fall together the begin comes last.
struct CronWindow
{
  CronExpression begin, end;
  Zone zone;
  [[nodiscard]] WindowPhase at(std::chrono::sys_seconds instant) const;
};

/// A window as it was written, and what it means.
struct WindowRule
{
  Window written;
  Zone zone;
  std::variant<DayWindow, InstantWindow, CronWindow> meaning;

  [[nodiscard]] WindowPhase at(std::chrono::sys_seconds instant) const;
};

/// Zones by name, so that each is read once.
using ZoneSource = std::function<Result<Zone>(std::string_view name)>;

/// Errors (ErrorKind::config): the window is not well formed, "PLACE: what".
[[nodiscard]] Result<WindowRule> read_window(const Window& window, const ZoneSource& zones);

}  // namespace sluice::promote
