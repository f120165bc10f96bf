// SPDX-License-Identifier: Apache-2.0
#include "promote/window/zone_rule.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace sluice::promote {

namespace {

using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::sys_seconds;
using std::chrono::year;

}  // namespace

/// Takes the rule from its front; what is not there is nothing.
struct ZoneRule::Reader
{
  std::string_view rest;

  bool
  take(char c)
  {
    const bool is_there = rest.starts_with(c);
    rest.remove_prefix(is_there ? 1 : 0);
    return is_there;
  }

  std::optional<int>
  number(int from, int to)
  {
    int value = 0;
    std::size_t digits = 0;
    for (; digits < rest.size() && digits < 3 && is_digit(rest[digits]); ++digits) {
      value = value * 10 + (rest[digits] - '0');
    }
    rest.remove_prefix(digits);
    return digits == 0 || value < from || value > to ? std::nullopt : std::optional(value);
  }

  /// "CET", "<+0545>".
  std::optional<std::string>
  abbreviation()
  {
    const bool is_quoted = take('<');
    std::size_t size = 0;
    while (size < rest.size()
           && (is_letter(rest[size]) || (is_quoted && (is_digit(rest[size]) || is_any_of(rest[size], "+-"))))) {
      ++size;
    }
    std::string name(rest.substr(0, size));
    rest.remove_prefix(size);
    return size < 3 || size > 16 || (is_quoted && !take('>')) ? std::nullopt : std::optional(std::move(name));
  }

  /// "-1", "+5:30:15".
  std::optional<std::chrono::seconds>
  time()
  {
    const bool is_negative = take('-');
    if (!is_negative) {
      take('+');
    }
    const auto hours = number(0, 167);
    const auto minutes = take(':') ? number(0, 59) : std::optional(0);
    const auto seconds = take(':') ? number(0, 59) : std::optional(0);
    if (!hours || !minutes || !seconds) {
      return std::nullopt;
    }
    const std::chrono::seconds time =
        std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
    return is_negative ? -time : time;
  }

  std::optional<Clock>
  clock()
  {
    auto name = abbreviation();
    const auto west = name ? time() : std::nullopt;
    return west ? std::optional(Clock{std::move(*name), -*west}) : std::nullopt;
  }

  /// The offset may be left out, and is an hour more then.
  std::optional<Clock>
  summer(const Clock& standard)
  {
    auto name = abbreviation();
    if (!name) {
      return std::nullopt;
    }
    if (rest.starts_with(',')) {
      return Clock{std::move(*name), standard.offset + std::chrono::hours(1)};
    }
    const auto west = time();
    return west ? std::optional(Clock{std::move(*name), -*west}) : std::nullopt;
  }

  std::optional<Change>
  change()
  {
    auto change = take('M') ? day_of_week() : take('J') ? day(Change::Form::day_without_leap) : day(Change::Form::day);
    if (!change || !take('/')) {
      return change;
    }
    const auto at = time();
    change->time = at.value_or(std::chrono::seconds(0));
    return at ? change : std::nullopt;
  }

  std::optional<Change>
  day(Change::Form form)
  {
    const auto number = this->number(form == Change::Form::day ? 0 : 1, 365);
    return number ? std::optional(Change{.form = form, .day = *number}) : std::nullopt;
  }

  std::optional<Change>
  day_of_week()
  {
    const auto month = number(1, 12);
    const auto week = month && take('.') ? number(1, 5) : std::nullopt;
    const auto weekday = week && take('.') ? number(0, 6) : std::nullopt;
    return weekday ? std::optional(Change{.month = *month, .week = *week, .weekday = *weekday}) : std::nullopt;
  }
};

std::optional<ZoneRule>
ZoneRule::parse(std::string_view text)
{
  Reader reader{text};
  ZoneRule rule;
  auto standard = reader.clock();
  auto summer = standard ? reader.summer(*standard) : std::nullopt;
  if (!summer || !reader.take(',')) {
    return std::nullopt;
  }
  const auto to_summer = reader.change();
  const auto to_standard = to_summer && reader.take(',') ? reader.change() : std::nullopt;
  if (!to_standard || !reader.rest.empty()) {
    return std::nullopt;
  }
  rule.standard_ = std::move(*standard);
  rule.summer_ = std::move(*summer);
  rule.to_summer_ = *to_summer;
  rule.to_standard_ = *to_standard;
  return rule;
}

local_seconds
ZoneRule::Change::wall(year in) const
{
  if (form == Form::day_without_leap) {
    const int leap_day = in.is_leap() && day >= 60 ? 1 : 0;
    return local_days(in / 1 / 1) + std::chrono::days(day - 1 + leap_day) + time;
  }
  if (form == Form::day) {
    return local_days(in / 1 / 1) + std::chrono::days(day) + time;
  }
  const auto of_month = in / month;
  const std::chrono::weekday on(static_cast<unsigned>(weekday));
  const local_days date =
      week == 5 ? local_days(of_month / on[std::chrono::last]) : local_days(of_month / on[static_cast<unsigned>(week)]);
  return date + time;
}

void
ZoneRule::continue_to(sys_seconds end, std::vector<ZonePeriod>& periods) const
{
  const sys_seconds from = std::max(periods.back().begin, first_instant);
  const year first = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(from)).year();
  std::vector<ZonePeriod> later;
  for (year in = first; std::chrono::sys_days(in / 1 / 1) < end; ++in) {
    later.push_back(
        {sys_seconds(to_summer_.wall(in).time_since_epoch() - standard_.offset), summer_.offset, summer_.abbreviation});
    later.push_back({sys_seconds(to_standard_.wall(in).time_since_epoch() - summer_.offset), standard_.offset,
                     standard_.abbreviation});
  }
  std::stable_sort(later.begin(), later.end(),
                   [](const ZonePeriod& a, const ZonePeriod& b) { return a.begin < b.begin; });
  for (ZonePeriod& period : later) {
    const ZonePeriod& last = periods.back();
    const bool is_change = period.offset != last.offset || period.abbreviation != last.abbreviation;
    if (period.begin > from && period.begin < end && is_change) {
      periods.push_back(std::move(period));
    }
  }
}

}  // namespace sluice::promote
