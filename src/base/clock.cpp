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

/// "Z", "+02:00"; nothing if it is neither.
std::optional<std::chrono::minutes>
parse_zone(std::string_view text)
{
  if (text == "Z" || text == "z") {
    return std::chrono::minutes(0);
  }
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return std::nullopt;
  }
  const auto hours = parse_digits(text.substr(1, 2));
  const auto minutes = parse_digits(text.substr(4, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) {
    return std::nullopt;
  }
  return std::chrono::minutes((text[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes));
}

/// Takes ".123" from the front; nothing if there is a point without a digit.
std::optional<std::chrono::nanoseconds>
take_fraction(std::string_view& text)
{
  std::int64_t nanoseconds = 0;
  if (!text.starts_with('.')) {
    return std::chrono::nanoseconds(0);
  }
  std::size_t digits = 0;
  for (; digits + 1 < text.size() && text[digits + 1] >= '0' && text[digits + 1] <= '9'; ++digits) {
    nanoseconds = digits < 9 ? nanoseconds * 10 + (text[digits + 1] - '0') : nanoseconds;
  }
  for (std::size_t missing = digits; missing < 9; ++missing) {
    nanoseconds *= 10;
  }
  text.remove_prefix(digits + 1);
  return digits == 0 ? std::nullopt : std::optional(std::chrono::nanoseconds(nanoseconds));
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

std::optional<std::chrono::sys_time<std::chrono::nanoseconds>>
parse_rfc3339(std::string_view text)
{
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const auto date = parse_date(text.substr(0, 10));
  const auto hour = parse_digits(text.substr(11, 2));
  const auto minute = parse_digits(text.substr(14, 2));
  const auto second = parse_digits(text.substr(17, 2));
  std::string_view rest = text.substr(19);
  const auto fraction = take_fraction(rest);
  const auto zone = parse_zone(rest);
  // 60 is a leap second. Nanoseconds of 64 bits end in 2262.
  if (!date || !hour || !minute || !second || !fraction || !zone || *hour > 23 || *minute > 59 || *second > 60
      || date->year < 1700 || date->year > 2199) {
    return std::nullopt;
  }
  const std::chrono::sys_days day = std::chrono::year(date->year) / date->month / date->day;
  return day + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second) + *fraction
         - *zone;
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
