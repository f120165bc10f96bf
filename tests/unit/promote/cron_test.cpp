// SPDX-License-Identifier: Apache-2.0
#include "promote/window/cron.hpp"
#include "window_case.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

/// Times after an instant.
std::string
next(std::string_view expression, std::string_view after, int count = 1, std::string_view zone = "UTC")
{
  const CronExpression cron = CronExpression::parse(expression).value();
  const Zone known = Zone::named(zone).value();
  auto at = instant(after);
  std::string text;
  for (int i = 0; i < count; ++i) {
    const auto time = cron.next_after(at, known);
    REQUIRE(time);
    CHECK(cron.last_at(*time, known) == time);
    CHECK(cron.last_at(*time - std::chrono::seconds(1), known) < time);
    text += (i == 0 ? "" : " ") + rfc3339(*time).substr(5, 11);
    at = *time;
  }
  return text;
}

std::string
last(std::string_view expression, std::string_view at, std::string_view zone = "UTC")
{
  return shown(CronExpression::parse(expression).value().last_at(instant(at), Zone::named(zone).value()));
}

std::string
trouble(std::string_view expression)
{
  const auto read = CronExpression::parse(expression);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::config);
  return read.error().message;
}

}  // namespace

TEST_CASE("fields of cron expressions")
{
  const char* const at = "2026-11-25T10:10:30Z";  // a Wednesday
  CHECK(next("* * * * *", at, 2) == "11-25T10:11 11-25T10:12");
  CHECK(next("*/20 * * * *", at, 3) == "11-25T10:20 11-25T10:40 11-25T11:00");
  CHECK(next("5/25 9-10 * * *", at, 3) == "11-25T10:30 11-25T10:55 11-26T09:05");
  CHECK(next("0 8-18/5,23 * * *", at, 4) == "11-25T13:00 11-25T18:00 11-25T23:00 11-26T08:00");
  CHECK(next("0 0 * * FRI", at, 2) == "11-27T00:00 12-04T00:00");
  CHECK(next("0 0 * * 7", at) == next("0 0 * * sun", at));
  CHECK(next("0 0 * * 0", at) == "11-29T00:00");
  CHECK(next("0 0 * * sat-sun", at, 3) == "11-28T00:00 11-29T00:00 12-05T00:00");
  CHECK(next("0 0 * * 5-7", at, 4) == "11-27T00:00 11-28T00:00 11-29T00:00 12-04T00:00");
  CHECK(next("0 0 1 jan,Mar *", at, 3) == "01-01T00:00 03-01T00:00 01-01T00:00");
  CHECK(next("  0\t23   * * * ", at) == "11-25T23:00");
  CHECK(next("0 0 */99 * *", at) == "12-01T00:00");
}

TEST_CASE("either kind of day will do where both are given, unless one begins with a star")
{
  const char* const at = "2026-11-01T00:00:00Z";
  CHECK(next("0 0 13 * fri", at, 4) == "11-06T00:00 11-13T00:00 11-20T00:00 11-27T00:00");
  CHECK(next("0 0 14 * fri", at, 4) == "11-06T00:00 11-13T00:00 11-14T00:00 11-20T00:00");
  CHECK(next("0 0 */2 * mon", at, 3) == "11-09T00:00 11-23T00:00 12-07T00:00");
  CHECK(next("0 0 13 * */5", at, 2) == "11-13T00:00 12-13T00:00");
  CHECK(next("0 0 13 * 1-7", at, 2) == "11-02T00:00 11-03T00:00");
}

TEST_CASE("ends of months and leap days")
{
  CHECK(next("0 0 31 * *", "2026-02-01T00:00:00Z", 3) == "03-31T00:00 05-31T00:00 07-31T00:00");
  CHECK(next("0 0 28-31 * *", "2027-02-27T12:00:00Z", 2) == "02-28T00:00 03-28T00:00");
  CHECK(last("0 0 29 2 *", "2027-01-01T00:00:00Z") == "2024-02-29T00:00:00Z");
  CHECK(last("0 0 29 2 *", "2103-01-01T00:00:00Z") == "2096-02-29T00:00:00Z");
  const CronExpression leap = CronExpression::parse("0 0 29 2 *").value();
  CHECK(shown(leap.next_after(instant("2096-03-01T00:00:00Z"), Zone::named("UTC").value())) == "2104-02-29T00:00:00Z");
  const CronExpression on_sunday = CronExpression::parse("0 0 29 2 */7").value();
  CHECK(shown(on_sunday.next_after(instant("2080-01-01T00:00:00Z"), Zone::named("UTC").value()))
        == "2088-02-29T00:00:00Z");
  CHECK(shown(on_sunday.next_after(instant("2089-01-01T00:00:00Z"), Zone::named("UTC").value()))
        == "2128-02-29T00:00:00Z");
}

TEST_CASE("times that clocks leave out come as if they had not changed")
{
  CHECK(next("30 2 * * *", "2026-03-28T12:00:00Z", 2, "Europe/Berlin") == "03-29T01:30 03-30T00:30");
  CHECK(next("15 2 * * *", "2026-10-03T12:00:00Z", 2, "Australia/Lord_Howe") == "10-03T15:45 10-04T15:15");
  CHECK(next("0 0 4 11 *", "2018-11-01T00:00:00Z", 1, "America/Sao_Paulo") == "11-04T03:00");
}

TEST_CASE("a time that comes twice counts once, unless it is meant for every hour")
{
  CHECK(next("30 2 * * *", "2026-10-24T12:00:00Z", 2, "Europe/Berlin") == "10-25T00:30 10-26T01:30");
  CHECK(next("30 * * * *", "2026-10-24T23:00:00Z", 4, "Europe/Berlin")
        == "10-24T23:30 10-25T00:30 10-25T01:30 10-25T02:30");
  CHECK(next("0 * * * *", "2006-10-29T01:45:00Z", 4, "America/St_Johns")
        == "10-29T02:30 10-29T03:30 10-29T04:30 10-29T05:30");
}

TEST_CASE("a day that was left out has no time")
{
  CHECK(next("0 9 * * *", "2011-12-29T12:00:00Z", 2, "Pacific/Apia") == "12-29T19:00 12-30T19:00");
  CHECK(next("0 9 * * fri", "2011-12-29T12:00:00Z", 1, "Pacific/Apia") == "01-05T19:00");
  CHECK(last("0 9 30 * *", "2012-01-05T00:00:00Z", "Pacific/Apia") == "2011-11-30T19:00:00Z");
}

TEST_CASE("what is no cron expression is told")
{
  CHECK(trouble("") == "cron \"\": it is not five fields (minute, hour, day of the month, month, day of the week)");
  CHECK(trouble("0 0 * *").find("five fields") != std::string::npos);
  CHECK(trouble("0 0 0 * * *").find("five fields") != std::string::npos);
  CHECK(trouble("@daily").find("five fields") != std::string::npos);
  CHECK(trouble("60 0 * * *") == "cron \"60 0 * * *\": the minute 60 is not from 0 to 59");
  CHECK(trouble("0 24 * * *") == "cron \"0 24 * * *\": the hour 24 is not from 0 to 23");
  CHECK(trouble("0 0 0 * *") == "cron \"0 0 0 * *\": the day of the month 0 is not from 1 to 31");
  CHECK(trouble("0 0 * 13 *") == "cron \"0 0 * 13 *\": the month 13 is not from 1 to 12");
  CHECK(trouble("0 0 * * 8") == "cron \"0 0 * * 8\": the day of the week 8 is not from 0 to 7");
  CHECK(trouble("0 0 * * fry") == "cron \"0 0 * * fry\": \"fry\" is no day of the week (did you mean fri?)");
  CHECK(trouble("0 0 * * fri-mon")
        == "cron \"0 0 * * fri-mon\": the range \"fri-mon\" of the day of the week ends before it begins");
  CHECK(trouble("*/0 0 * * *") == "cron \"*/0 0 * * *\": \"*/0\" has no step from 1 on for the minute");
  for (const char* text :
       {"-1 0 * * *", "1- 0 * * *", "1,,2 0 * * *", "1/ 0 * * *", "*/-1 0 * * *", "+1 0 * * *", "** 0 * * *",
        "mon 0 * * *", "1-2-3 0 * * *", "99999999999 0 * * *", "*/99999999999 0 * * *", "0 0 L * *", "0 0 * * 5#3"}) {
    CAPTURE(text);
    CHECK_FALSE(CronExpression::parse(text));
  }
  CHECK_FALSE(CronExpression::parse("0 0 * * " + std::string(100'000, '1')));
}

TEST_CASE("a day that never comes is told")
{
  CHECK(trouble("0 0 30 2 *") == "cron \"0 0 30 2 *\": such a day never comes");
  CHECK(trouble("0 0 31 4,6,9,11 *").find("never comes") != std::string::npos);
  CHECK(trouble("0 0 30 2 */2").find("never comes") != std::string::npos);
  CHECK(CronExpression::parse("0 0 30 2 mon"));
  CHECK(CronExpression::parse("0 0 29 2 */7"));
}
