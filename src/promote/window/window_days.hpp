// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/window/window_phase.hpp"
#include "promote/window/zone.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace sluice::promote {

/// Days of a calendar: some of every week, some of every year, and single ones.
struct DaySet
{
  std::uint8_t weekdays = 0;                    ///< a bit for each, from Sunday on
  std::vector<std::chrono::month_day> yearly;   ///< sorted; 29 February comes with leap years
  std::vector<std::chrono::local_days> single;  ///< sorted

  [[nodiscard]] bool holds(std::chrono::local_days day) const;
  /// The first from this day on; nothing if there is none any more.
  [[nodiscard]] std::optional<std::chrono::local_days> from(std::chrono::local_days day) const;
};

/// A window on some days, by the wall clock of a zone. It belongs to the day on which it begins, and a day that the
/// zone left out has none.
class DayWindow
{
public:
  /// From midnight of the day; `to` is later than `from`, by a day at most.
  struct Times
  {
    std::chrono::minutes from{}, to{std::chrono::hours(24)};
  };

  DayWindow(DaySet days, Times times, Zone zone);

  [[nodiscard]] WindowPhase at(std::chrono::sys_seconds instant) const;

private:
  struct Stretch
  {
    std::chrono::sys_seconds begin, end;
  };
  /// Nothing too if a change of clocks left nothing of it.
  [[nodiscard]] std::optional<Stretch> stretch_on(std::chrono::local_days day) const;
  [[nodiscard]] WindowPhase closed_until_next(std::chrono::local_days day, std::chrono::sys_seconds instant) const;

  DaySet days_;
  Times times_;
  Zone zone_;
};

}  // namespace sluice::promote
