// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/window/zone.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// How clocks change each year: what a file of RFC 8536 ends with, "CET-1CEST,M3.5.0,M10.5.0/3". POSIX (Base
/// Definitions, 8.3, TZ) has the form, RFC 8536 (3.3.1) lets hours go from -167 to 167.
class ZoneRule
{
public:
  /// Nothing if the text is no rule, or one by which nothing changes.
  [[nodiscard]] static std::optional<ZoneRule> parse(std::string_view text);

  /// Adds what changes after the last of the periods, of which there is one at least, and before `end`.
  void continue_to(std::chrono::sys_seconds end, std::vector<ZonePeriod>& periods) const;

private:
  struct Clock
  {
    std::string abbreviation;
    std::chrono::seconds offset{};
  };
  /// A day of each year, and the time on the clocks that are to change, counted from its midnight.
  struct Change
  {
    enum class Form { week, day, day_without_leap };
    Form form = Form::week;
    int month = 0, week = 0, weekday = 0;  ///< the fifth week is the last
    int day = 0;                           ///< from 0, or from 1 and never 29 February
    std::chrono::seconds time{std::chrono::hours(2)};

    [[nodiscard]] std::chrono::local_seconds wall(std::chrono::year year) const;
  };
  struct Reader;

  Clock standard_, summer_;
  Change to_summer_, to_standard_;
};

}  // namespace sluice::promote
