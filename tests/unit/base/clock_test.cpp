// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace sluice;

TEST_CASE("a date is exactly YYYY-MM-DD and exists")
{
  CHECK(parse_date("2024-02-29") == Date{2024, 2, 29});
  for (const char* wrong : {"2023-02-29", "2024-13-01", "2024-1-01", "24-01-01", "2024/01/01", "2024-01-0x", ""}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_date(wrong));
  }
}

TEST_CASE("dates are ordered by the calendar")
{
  CHECK(Date{2024, 12, 31} < Date{2025, 1, 1});
  CHECK(to_string(Date{2025, 1, 2}) == "2025-01-02");
}

TEST_CASE("SOURCE_DATE_EPOCH is the time if it is a number")
{
  CHECK(rfc3339(now("1700000000")) == "2023-11-14T22:13:20Z");
  CHECK(date_of(now("0")) == Date{1970, 1, 1});
  CHECK(now("soon") > now("1700000000"));
}

TEST_CASE("a time beyond the years of RFC 3339 is told as the nearest that has a name")
{
  using std::chrono::seconds;
  using std::chrono::sys_seconds;
  CHECK(rfc3339(sys_seconds(seconds(1'700'000'000))) == "2023-11-14T22:13:20Z");
  CHECK(rfc3339(sys_seconds(seconds(253'402'300'799))) == "9999-12-31T23:59:59Z");
  CHECK(rfc3339(sys_seconds(seconds(std::int64_t{1} << 56U))) == "9999-12-31T23:59:59Z");
  CHECK(rfc3339(sys_seconds(seconds(-(std::int64_t{1} << 56U)))) == "0000-01-01T00:00:00Z");
}

TEST_CASE("a moment of RFC 3339 has a zone and may have a fraction")
{
  using namespace std::chrono;
  const auto noon = sys_days(year(2026) / 11 / 26) + hours(12);
  CHECK(parse_rfc3339("2026-11-26T12:00:00Z") == noon);
  CHECK(parse_rfc3339("2026-11-26t12:00:00z") == noon);
  CHECK(parse_rfc3339("2026-11-26T14:30:00+02:30") == noon);
  CHECK(parse_rfc3339("2026-11-26T06:00:00-06:00") == noon);
  CHECK(parse_rfc3339("2026-11-26T12:00:00.5Z") == noon + milliseconds(500));
  CHECK(parse_rfc3339("2026-11-26T12:00:00.1234567891Z") == noon + nanoseconds(123456789));
  for (const std::string_view none :
       {"", "2026-11-26", "2026-11-26T12:00:00", "2026-11-31T12:00:00Z", "2026-11-26T24:00:00Z", "2026-11-26T12:60:00Z",
        "2026-11-26T12:00:00.Z", "2026-11-26T12:00:00+2", "2026-11-26T12:00:00+02:00x", "2026-11-26 12:00:00Z",
        "9999-11-26T12:00:00Z"}) {
    CHECK_MESSAGE(!parse_rfc3339(none), none);
  }
}
