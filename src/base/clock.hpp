// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// A calendar day, UTC.
struct Date
{
  int year = 0;
  int month = 0;  ///< 1–12
  int day = 0;    ///< 1–31
  auto operator<=>(const Date&) const = default;
};

/// Reads exactly `YYYY-MM-DD`; nothing if the day does not exist.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_string(Date date);
[[nodiscard]] Date date_of(std::chrono::system_clock::time_point time);

/// `2026-11-21T04:05:06Z`
[[nodiscard]] std::string rfc3339(std::chrono::system_clock::time_point time);
/// A commit may claim to be of any time: what is beyond the years that RFC 3339 has, 0 to 9999, is told as its nearest
/// second.
[[nodiscard]] std::string rfc3339(std::chrono::sys_seconds time);

/// A moment as RFC 3339 writes it, with a zone and any number of fractional digits (those beyond nanoseconds do not
/// count); nothing if it is none, or not of the years 1700 to 2199.
[[nodiscard]] std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> parse_rfc3339(std::string_view text);

/// The time that a run takes as "now": SOURCE_DATE_EPOCH's if the caller passes it, so that reports can be
/// reproduced and tests do not depend on the day.
[[nodiscard]] std::chrono::system_clock::time_point now(std::optional<std::string_view> source_date_epoch);

}  // namespace sluice
