// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window_wall.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/window/weekday_names.hpp"
#include "promote/window/window.hpp"

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using Kind = Zone::Moment::Kind;

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// "09:00", "09:00:30".
std::string
clock(seconds of_day)
{
  const std::chrono::hh_mm_ss time(of_day);
  const std::string minutes = fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
  return time.seconds() == seconds(0) ? minutes : fmt::format("{}:{:02}", minutes, time.seconds().count());
}

std::string
day_shown(local_days day)
{
  const std::chrono::year_month_day date(day);
  return fmt::format("{} {} {} {}", short_weekday(std::chrono::weekday(day).c_encoding()),
                     static_cast<unsigned>(date.day()), month_names.at(static_cast<unsigned>(date.month()) - 1),
                     static_cast<int>(date.year()));
}

std::string
wall_shown(local_seconds wall)
{
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  return fmt::format("{} {}", day_shown(day), clock(wall - day));
}

/// "CET (+01:00)", "(+05:45)" where the abbreviation is a number.
std::string
offset_shown(const ZonePeriod& period)
{
  const std::string sign = period.offset < seconds(0) ? "-" : "+";
  const std::string offset = fmt::format("({}{})", sign, clock(std::chrono::abs(period.offset)));
  const bool has_name = !period.abbreviation.empty() && is_letter(period.abbreviation.front());
  return has_name ? fmt::format("{} {}", printable(period.abbreviation), offset) : offset;
}

sys_seconds
within_reach(sys_seconds instant)
{
  return std::clamp(instant, first_instant, last_instant);
}

}  // namespace

std::string
shown_on(sys_seconds instant, const Zone& zone)
{
  instant = within_reach(instant);
  const local_seconds wall = zone.wall_at(instant);
  const Zone::Moment moment = zone.moment_of(wall);
  std::string text = fmt::format("{} {}", wall_shown(wall), offset_shown(zone.period_at(instant)));
  if (moment.kind != Kind::twice) {
    return text;
  }
  return text + (instant == moment.instant ? ", the first of two" : ", the second of two");
}

Result<std::string>
on_the_wall(sys_seconds instant, std::string_view zone)
{
  TRY_ASSIGN(const Zone known, Zone::named(zone));
  return shown_on(instant, known);
}

}  // namespace sluice::promote
