// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window_days.hpp"

#include <algorithm>
#include <utility>

namespace sluice::promote {

namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr std::uint8_t whole_week = 0x7F;

/// From 2096 to 2104 no 29 February comes.
constexpr int longest_years = 9;

std::optional<local_days>
of_year_from(local_days day, const std::vector<std::chrono::month_day>& yearly)
{
  const year_month_day from(day);
  auto next = std::lower_bound(yearly.begin(), yearly.end(), from.month() / from.day());
  for (int later = 0; later < longest_years; ++later, next = yearly.begin()) {
    for (; next != yearly.end(); ++next) {
      if (const year_month_day date = (from.year() + std::chrono::years(later)) / *next; date.ok()) {
        return local_days(date);
      }
    }
  }
  return std::nullopt;
}

std::optional<local_days>
of_week_from(local_days day, std::uint8_t weekdays)
{
  for (int later = 0; later < 7; ++later, day += days(1)) {
    if (((weekdays >> std::chrono::weekday(day).c_encoding()) & 1U) != 0) {
      return day;
    }
  }
  return std::nullopt;
}

}  // namespace

bool
DaySet::holds(local_days day) const
{
  const year_month_day date(day);
  return ((weekdays >> std::chrono::weekday(day).c_encoding()) & 1U) != 0
         || std::binary_search(yearly.begin(), yearly.end(), date.month() / date.day())
         || std::binary_search(single.begin(), single.end(), day);
}

std::optional<local_days>
DaySet::from(local_days day) const
{
  const auto alone = std::lower_bound(single.begin(), single.end(), day);
  std::optional<local_days> first = alone == single.end() ? std::nullopt : std::optional(*alone);
  for (const auto& next : {of_week_from(day, weekdays), of_year_from(day, yearly)}) {
    if (next && (!first || *next < *first)) {
      first = next;
    }
  }
  return first;
}

DayWindow::DayWindow(DaySet days, Times times, Zone zone)
    : days_(std::move(days)),
      times_(times),
      zone_(std::move(zone))
{}

std::optional<DayWindow::Stretch>
DayWindow::stretch_on(local_days day) const
{
  const Zone::Moment begin = zone_.moment_of(day + times_.from);
  const Stretch stretch{begin.instant, zone_.moment_of(day + times_.to).instant};
  const bool is_left_out = begin.kind == Zone::Moment::Kind::never && !zone_.has_day(day);
  return is_left_out || stretch.end <= stretch.begin ? std::nullopt : std::optional(stretch);
}

WindowPhase
DayWindow::at(sys_seconds instant) const
{
  if (days_.weekdays == whole_week && times_.to - times_.from == days(1)) {
    return {true, end_of_time};
  }
  const auto today = std::chrono::floor<days>(zone_.wall_at(instant));
  WindowPhase phase{false, instant};
  // Clocks that leave out a day, or are set back over midnight, put other days' windows here.
  for (const local_days day : {today - days(2), today - days(1), today, today + days(1)}) {
    const auto stretch = days_.holds(day) ? stretch_on(day) : std::nullopt;
    if (stretch && stretch->begin <= instant && instant < stretch->end) {
      phase = {true, std::max(phase.until, stretch->end)};
    }
  }
  return phase.covers ? phase : closed_until_next(today - days(1), instant);
}

WindowPhase
DayWindow::closed_until_next(local_days day, sys_seconds instant) const
{
  // More than a few days without a stretch there are only on purpose; then the rest is looked at the next time.
  constexpr int patience = 32;
  for (int tried = 0; tried < patience; ++tried) {
    const auto next = days_.from(day);
    if (!next) {
      return {false, end_of_time};
    }
    if (const auto stretch = stretch_on(*next); stretch && stretch->begin > instant) {
      return {false, stretch->begin};
    }
    day = *next + days(1);
  }
  return {false, zone_.moment_of(day).instant};
}

}  // namespace sluice::promote
