// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sluice {

namespace {

std::optional<int>
parse_digits(std::string_view text)
{
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.starts_with('-')) {
    return std::nullopt;
  }
  return value;
}

Date
to_date(std::chrono::sys_days days)
{
  const std::chrono::year_month_day day{days};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

}  // namespace

std::optional<Date>
parse_date(std::string_view text)
{
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional(Date{*year, *month, *day}) : std::nullopt;
}

std::string
to_string(Date date)
{
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

Date
date_of(std::chrono::system_clock::time_point time)
{
  return to_date(std::chrono::floor<std::chrono::days>(time));
}

std::string
rfc3339(std::chrono::system_clock::time_point time)
{
  return rfc3339(std::chrono::floor<std::chrono::seconds>(time));
}

std::string
rfc3339(std::chrono::sys_seconds time)
{
  constexpr std::chrono::sys_seconds first = std::chrono::sys_days(std::chrono::year(0) / 1 / 1);
  constexpr std::chrono::sys_seconds end = std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1);
  time = std::clamp(time, first, end - std::chrono::seconds(1));
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_string(to_date(day)), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::chrono::system_clock::time_point
now(std::optional<std::string_view> source_date_epoch)
{
  std::int64_t seconds = 0;
  if (source_date_epoch && !source_date_epoch->empty()) {
    const char* last = source_date_epoch->data() + source_date_epoch->size();
    if (const auto [end, error] = std::from_chars(source_date_epoch->data(), last, seconds);
        error == std::errc{} && end == last) {
      return std::chrono::system_clock::time_point(std::chrono::seconds(seconds));
    }
  }
  return std::chrono::system_clock::now();
}

}  // namespace sluice
