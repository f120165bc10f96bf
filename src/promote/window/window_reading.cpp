// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/window/weekday_names.hpp"
#include "promote/window/window_rule.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sluice::promote {

namespace {

using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::sys_seconds;

constexpr std::uint8_t every_weekday = 0x7F;

/// Longer lists are nobody's calendar.
constexpr std::size_t most_entries = 10'000;

std::string
in_quotes(std::string_view text)
{
  return "\"" + printable(ellipsis(text, 60)) + "\"";
}

/// "Friday" is meant for "fri", which no distance between words says.
std::string
meant_by(std::string_view typed)
{
  const std::string lower = to_lower(typed.substr(0, 60));
  const auto begins = std::find_if(weekday_keys.begin(), weekday_keys.end(),
                                   [&](std::string_view name) { return lower.starts_with(name); });
  return begins == weekday_keys.end() ? did_you_mean(lower, weekday_keys) : fmt::format(" (did you mean {}?)", *begins);
}

Result<std::uint8_t>
read_weekdays(const std::vector<std::string>& names)
{
  unsigned weekdays = 0;
  for (const std::string& name : names) {
    const auto found = std::find(weekday_keys.begin(), weekday_keys.end(), name);
    if (found == weekday_keys.end()) {
      return fail(ErrorKind::config, "{} is no day of the week{}", in_quotes(name), meant_by(name));
    }
    weekdays |= 1U << static_cast<unsigned>(found - weekday_keys.begin());
  }
  return static_cast<std::uint8_t>(weekdays);
}

/// "12-24"; nothing if no year has such a day.
std::optional<std::chrono::month_day>
read_yearly(std::string_view text)
{
  const auto in_leap_year = text.size() == 5 ? parse_date("2000-" + std::string(text)) : std::nullopt;
  return in_leap_year ? std::optional(std::chrono::month(static_cast<unsigned>(in_leap_year->month))
                                      / std::chrono::day(static_cast<unsigned>(in_leap_year->day)))
                      : std::nullopt;
}

template<typename T>
void
sort_unique(std::vector<T>& values)
{
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

Result<>
read_dates(const std::vector<std::string>& texts, DaySet& days)
{
  for (const std::string& text : texts) {
    if (const auto date = parse_date(text); date && date->year >= 1700 && date->year < 2200) {
      days.single.push_back(local_days(std::chrono::year(date->year) / date->month / date->day));
    } else if (const auto each_year = read_yearly(text)) {
      days.yearly.push_back(*each_year);
    } else {
      return fail(ErrorKind::config, "{} is no date such as 2026-12-24, or 12-24 of every year", in_quotes(text));
    }
  }
  sort_unique(days.single);
  sort_unique(days.yearly);
  return {};
}

enum class Midnight { begins, ends };

/// "09:00"; "24:00" only where the day ends.
Result<minutes>
read_time(std::string_view text, Midnight midnight)
{
  const bool has_form = text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && text[2] == ':'
                        && is_digit(text[3]) && is_digit(text[4]);
  const int hour = has_form ? (text[0] - '0') * 10 + (text[1] - '0') : 0;
  const int minute = has_form ? (text[3] - '0') * 10 + (text[4] - '0') : 0;
  const bool is_end = midnight == Midnight::ends && hour == 24 && minute == 0;
  if (!has_form || (!is_end && (hour > 23 || minute > 59))) {
    return fail(ErrorKind::config, "{} is no time such as 09:00{}", in_quotes(text),
                midnight == Midnight::ends ? ", nor 24:00" : "");
  }
  return minutes(hour * 60 + minute);
}

Result<DayWindow::Times>
read_times(const Window& window)
{
  if (window.from.empty() && window.to.empty()) {
    return DayWindow::Times{};
  }
  if (window.from.empty() || window.to.empty()) {
    return fail(ErrorKind::config, "it has `{}` and not `{}`", window.from.empty() ? "to" : "from",
                window.from.empty() ? "from" : "to");
  }
  TRY_ASSIGN(const minutes from, read_time(window.from, Midnight::begins));
  TRY_ASSIGN(minutes to, read_time(window.to, Midnight::ends));
  if (to <= from) {
    to += std::chrono::hours(24);
  }
  return DayWindow::Times{from, to};
}

Result<DayWindow>
read_days(const Window& window, Zone zone)
{
  DaySet days;
  TRY_ASSIGN(days.weekdays, read_weekdays(window.days));
  TRY(read_dates(window.dates, days));
  TRY_ASSIGN(const DayWindow::Times times, read_times(window));
  if (window.days.empty() && window.dates.empty()) {
    days.weekdays = every_weekday;
  }
  return DayWindow(std::move(days), times, std::move(zone));
}

Result<sys_seconds>
read_instant(std::string_view text)
{
  const auto instant = parse_rfc3339(text);
  if (!instant) {
    return fail(ErrorKind::config, "{} is no instant such as 2026-12-20T00:00:00+01:00", in_quotes(text));
  }
  return std::chrono::ceil<std::chrono::seconds>(*instant);
}

Result<InstantWindow>
read_between(const std::vector<std::string>& texts)
{
  if (texts.size() != 2) {
    return fail(ErrorKind::config, "`between` is not two instants but {}", texts.size());
  }
  TRY_ASSIGN(const sys_seconds begin, read_instant(texts[0]));
  TRY_ASSIGN(const sys_seconds end, read_instant(texts[1]));
  if (end <= begin) {
    return fail(ErrorKind::config, "it ends, {}, before it begins, {}", in_quotes(texts[1]), in_quotes(texts[0]));
  }
  return InstantWindow{begin, end};
}

Result<CronWindow>
read_crons(const std::vector<std::string>& texts, Zone zone)
{
  if (texts.size() != 2) {
    return fail(ErrorKind::config, "`cron` is not two expressions, when it begins and when it ends, but {}",
                texts.size());
  }
  TRY_ASSIGN(CronExpression begin, CronExpression::parse(texts[0]));
  TRY_ASSIGN(CronExpression end, CronExpression::parse(texts[1]));
  return CronWindow{std::move(begin), std::move(end), std::move(zone)};
}

Result<>
check_form(const Window& window)
{
  const bool has_days = !window.days.empty() || !window.dates.empty() || !window.from.empty() || !window.to.empty();
  const int forms = (has_days ? 1 : 0) + (window.between.empty() ? 0 : 1) + (window.cron.empty() ? 0 : 1);
  if (forms == 0) {
    return fail(ErrorKind::config, "it says nothing: it has none of `days`, `dates`, `from`, `between` and `cron`");
  }
  if (forms > 1) {
    return fail(ErrorKind::config,
                "it has several of days or times, `between` and `cron`: what is open by either is two windows");
  }
  if (window.days.size() > most_entries || window.dates.size() > most_entries) {
    return fail(ErrorKind::config, "it has more than {} days", with_thousands(most_entries));
  }
  return {};
}

Result<WindowRule>
read_checked(const Window& window, const ZoneSource& zones)
{
  TRY(check_form(window));
  TRY_ASSIGN(Zone zone, zones(window.zone));
  if (!window.between.empty()) {
    TRY_ASSIGN(const InstantWindow between, read_between(window.between));
    return WindowRule{window, std::move(zone), between};
  }
  if (!window.cron.empty()) {
    TRY_ASSIGN(CronWindow crons, read_crons(window.cron, zone));
    return WindowRule{window, std::move(zone), std::move(crons)};
  }
  TRY_ASSIGN(DayWindow days, read_days(window, zone));
  return WindowRule{window, std::move(zone), std::move(days)};
}

}  // namespace

Result<WindowRule>
read_window(const Window& window, const ZoneSource& zones)
{
  auto rule = read_checked(window, zones);
  if (!rule && !window.origin.empty()) {
    return Failure(Error{rule.error().kind, fmt::format("{}: {}", window.origin, rule.error().message)});
  }
  return rule;
}

}  // namespace sluice::promote
