// SPDX-License-Identifier: Apache-2.0
#include "promote/window/cron.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <bit>

namespace sluice::promote {

namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

/// After forty years and less the days of the week fall on the same leap days, also where 2100 has none.
constexpr int longest_months = 12 * 41;

constexpr bool
has(std::uint64_t bits, unsigned value)
{
  return ((bits >> value) & 1U) != 0;
}

std::chrono::year_month
month_of(local_days day)
{
  const year_month_day date(day);
  return date.year() / date.month();
}

unsigned
days_of(std::chrono::year_month month)
{
  return static_cast<unsigned>((month / std::chrono::last).day());
}

}  // namespace

CronExpression::CronExpression(const CronFields& fields)
    : fields_(fields)
{
  for (unsigned minute = 0; minute < 24 * 60; ++minute) {
    if (has(fields.hours, minute / 60) && has(fields.minutes, minute % 60)) {
      minutes_.emplace_back(minute);
    }
  }
}

Result<CronExpression>
CronExpression::parse(std::string_view text)
{
  const auto named = [&](std::string_view what) {
    return fail(ErrorKind::config, "cron \"{}\": {}", printable(ellipsis(text, 100)), what);
  };
  const auto fields = read_cron(text);
  if (!fields) {
    return named(fields.error().message);
  }
  CronExpression expression(*fields);
  if (!expression.day_from(local_days(std::chrono::year(2000) / 1 / 1))) {
    return named("such a day never comes");
  }
  return expression;
}

std::uint32_t
CronExpression::days_in(std::chrono::year_month month) const
{
  if (!has(fields_.months, static_cast<unsigned>(month.month()))) {
    return 0;
  }
  const unsigned first = std::chrono::weekday(local_days(month / 1)).c_encoding();
  std::uint32_t of_week = 0;
  for (unsigned day = 1; day <= 31; ++day) {
    of_week |= has(fields_.weekdays, (first + day - 1) % 7) ? 1U << day : 0U;
  }
  const auto of_month = static_cast<std::uint32_t>(fields_.days);
  const std::uint32_t admitted = fields_.combine == CronFields::Days::either ? of_month | of_week : of_month & of_week;
  return admitted & static_cast<std::uint32_t>((std::uint64_t{2} << days_of(month)) - 1);
}

bool
CronExpression::is_on(local_days day) const
{
  return has(days_in(month_of(day)), static_cast<unsigned>(year_month_day(day).day()));
}

std::optional<local_days>
CronExpression::day_from(local_days day) const
{
  std::chrono::year_month month = month_of(day);
  std::uint32_t admitted = days_in(month) & (~std::uint32_t{0} << static_cast<unsigned>(year_month_day(day).day()));
  for (int i = 0; admitted == 0 && i < longest_months; ++i) {
    month += std::chrono::months(1);
    admitted = days_in(month);
  }
  return admitted == 0 ? std::nullopt : std::optional(local_days(month / 1) + days(std::countr_zero(admitted) - 1));
}

std::optional<local_days>
CronExpression::day_until(local_days day) const
{
  std::chrono::year_month month = month_of(day);
  const auto through = (std::uint64_t{2} << static_cast<unsigned>(year_month_day(day).day())) - 1;
  std::uint32_t admitted = days_in(month) & static_cast<std::uint32_t>(through);
  for (int i = 0; admitted == 0 && i < longest_months; ++i) {
    month -= std::chrono::months(1);
    admitted = days_in(month);
  }
  return admitted == 0 ? std::nullopt : std::optional(local_days(month / 1) + days(std::bit_width(admitted) - 2));
}

std::vector<sys_seconds>
CronExpression::times_on(local_days day, const Zone& zone) const
{
  std::vector<sys_seconds> times;
  if (!zone.has_day(day)) {
    return times;
  }
  for (const minutes& minute : minutes_) {
    const Zone::Moment moment = zone.moment_of(day + minute);
    times.push_back(moment.instant);
    if (moment.kind == Zone::Moment::Kind::twice && fields_.written == CronFields::Hours::every) {
      times.push_back(moment.second);
    }
  }
  return times;
}

std::optional<sys_seconds>
CronExpression::last_on(local_days day, sys_seconds instant, const Zone& zone) const
{
  std::optional<sys_seconds> last;
  if (zone.is_steady(day)) {
    const sys_seconds midnight = zone.moment_of(day).instant;
    const auto after = std::upper_bound(minutes_.begin(), minutes_.end(), instant - midnight);
    return after == minutes_.begin() ? last : midnight + *(after - 1);
  }
  for (const sys_seconds time : times_on(day, zone)) {
    if (time <= instant && (!last || time > *last)) {
      last = time;
    }
  }
  return last;
}

std::optional<sys_seconds>
CronExpression::first_on(local_days day, sys_seconds instant, const Zone& zone) const
{
  std::optional<sys_seconds> first;
  if (zone.is_steady(day)) {
    const sys_seconds midnight = zone.moment_of(day).instant;
    const auto after = std::upper_bound(minutes_.begin(), minutes_.end(), instant - midnight);
    return after == minutes_.end() ? first : midnight + *after;
  }
  for (const sys_seconds time : times_on(day, zone)) {
    if (time > instant && (!first || time < *first)) {
      first = time;
    }
  }
  return first;
}

// Where a change of clocks is near midnight, times of three days lie among each other; those of others never do.

std::optional<sys_seconds>
CronExpression::last_at(sys_seconds instant, const Zone& zone) const
{
  const auto today = std::chrono::floor<days>(zone.wall_at(instant));
  std::optional<sys_seconds> last;
  for (const local_days day : {today + days(1), today, today - days(1)}) {
    if (const auto time = is_on(day) ? last_on(day, instant, zone) : std::nullopt; time && (!last || *time > *last)) {
      last = time;
    }
  }
  for (auto day = day_until(today - days(2)); !last && day; day = day_until(*day - days(1))) {
    last = last_on(*day, instant, zone);
  }
  return last;
}

std::optional<sys_seconds>
CronExpression::next_after(sys_seconds instant, const Zone& zone) const
{
  const auto today = std::chrono::floor<days>(zone.wall_at(instant));
  std::optional<sys_seconds> next;
  for (const local_days day : {today - days(1), today, today + days(1)}) {
    if (const auto time = is_on(day) ? first_on(day, instant, zone) : std::nullopt; time && (!next || *time < *next)) {
      next = time;
    }
  }
  for (auto day = day_from(today + days(2)); !next && day; day = day_from(*day + days(1))) {
    next = first_on(*day, instant, zone);
  }
  return next;
}

}  // namespace sluice::promote
