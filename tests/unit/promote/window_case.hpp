// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "promote/window/window.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

inline std::chrono::sys_seconds
instant(std::string_view text)
{
  return std::chrono::floor<std::chrono::seconds>(parse_rfc3339(text).value());
}

inline std::string
shown(std::optional<std::chrono::sys_seconds> at)
{
  return at ? rfc3339(*at) : "never";
}

inline Calendar
calendar(const std::vector<Window>& allow, const std::vector<Window>& deny, std::string_view zone = "UTC")
{
  return Calendar::of(allow, deny, zone).value();
}

/// "open" or "closed", and when that changes.
inline std::string
told(const Calendar& calendar, std::string_view at)
{
  const Calendar::State state = calendar.at(instant(at));
  return std::string(state.is_open ? "open, " : "closed, ") + shown(state.next_change);
}

/// What is wrong with a window, or nothing.
inline std::string
problem(const Window& window, std::string_view zone = "UTC")
{
  const auto read = Calendar::of({}, std::vector<Window>{window}, zone);
  return read ? std::string() : read.error().message;
}

}  // namespace sluice::promote
