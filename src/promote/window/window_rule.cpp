// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window_rule.hpp"

namespace sluice::promote {

using std::chrono::sys_seconds;

WindowPhase
InstantWindow::at(sys_seconds instant) const
{
  if (instant < begin) {
    return {false, begin};
  }
  return instant < end ? WindowPhase{true, end} : WindowPhase{false, end_of_time};
}

WindowPhase
CronWindow::at(sys_seconds instant) const
{
  const auto began = begin.last_at(instant, zone);
  const auto ended = end.last_at(instant, zone);
  const bool covers = began && (!ended || *began >= *ended);
  const auto next = covers ? end.next_after(instant, zone) : begin.next_after(instant, zone);
  return {covers, next.value_or(end_of_time)};
}

WindowPhase
WindowRule::at(sys_seconds instant) const
{
  return std::visit([&](const auto& window) { return window.at(instant); }, meaning);
}

}  // namespace sluice::promote
