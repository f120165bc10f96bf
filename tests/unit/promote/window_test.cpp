// SPDX-License-Identifier: Apache-2.0
#include "window_case.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

Window
days(std::vector<std::string> names, std::string from, std::string to, std::string zone = {})
{
  return {.days = std::move(names), .from = std::move(from), .to = std::move(to), .zone = std::move(zone)};
}

const std::vector<std::string> all_week{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

}  // namespace

TEST_CASE("without a window it is always open")
{
  CHECK(told(calendar({}, {}), "2026-11-25T10:00:00Z") == "open, never");
}

TEST_CASE("what denies counts more than what allows")
{
  const Calendar both = calendar({days({"wed"}, "09:00", "17:00")}, {days({}, "12:00", "13:00")});
  CHECK(told(both, "2026-11-25T08:00:00Z") == "closed, 2026-11-25T09:00:00Z");
  CHECK(told(both, "2026-11-25T09:00:00Z") == "open, 2026-11-25T12:00:00Z");
  CHECK(told(both, "2026-11-25T12:00:00Z") == "closed, 2026-11-25T13:00:00Z");
  CHECK(told(both, "2026-11-25T16:59:59Z") == "open, 2026-11-25T17:00:00Z");
  CHECK(told(both, "2026-11-25T17:00:00Z") == "closed, 2026-12-02T09:00:00Z");
}

TEST_CASE("windows that touch or overlap are one")
{
  const Calendar shifts = calendar({days({"wed"}, "09:00", "12:00"), days({"wed"}, "12:00", "15:00"),
                                    days({"wed"}, "14:00", "24:00"), days({"thu"}, "00:00", "01:00")},
                                   {});
  CHECK(told(shifts, "2026-11-25T09:00:00Z") == "open, 2026-11-26T01:00:00Z");
  const Calendar week = calendar(
      {days({"mon", "tue", "wed", "thu"}, "00:00", "24:00"), days({"fri", "sat", "sun"}, "00:00", "24:00")}, {});
  CHECK(told(week, "2026-11-25T09:00:00Z") == "open, never");
  CHECK(shown(week.at(instant("2026-11-25T09:00:00Z")).looked_until) == "2036-11-25T09:00:00Z");
  const Calendar around = calendar({days(all_week, "09:00", "09:00", "Europe/Berlin")}, {});
  CHECK(told(around, "2026-03-29T01:30:00Z") == "open, never");
}

TEST_CASE("the zone of a window says which day it is")
{
  const Calendar zones =
      calendar({}, {days({"fri"}, "", "", "Pacific/Auckland"), days({"fri"}, "", "", "America/Los_Angeles")});
  CHECK(told(zones, "2026-11-26T10:59:59Z") == "open, 2026-11-26T11:00:00Z");
  CHECK(told(zones, "2026-11-26T11:00:00Z") == "closed, 2026-11-28T08:00:00Z");
  CHECK(told(zones, "2026-11-27T11:00:00Z") == "closed, 2026-11-28T08:00:00Z");
}

TEST_CASE("a window over midnight belongs to the day on which it begins")
{
  const Calendar night = calendar({days({"sat"}, "22:00", "04:00")}, {});
  CHECK(told(night, "2026-11-28T03:00:00Z") == "closed, 2026-11-28T22:00:00Z");
  CHECK(told(night, "2026-11-28T23:00:00Z") == "open, 2026-11-29T04:00:00Z");
  CHECK(told(night, "2026-11-29T22:00:00Z") == "closed, 2026-12-05T22:00:00Z");
}

TEST_CASE("clocks that are set forward")
{
  const Calendar gone = calendar({days({"sun"}, "02:00", "03:00", "Europe/Berlin")}, {});
  CHECK(told(gone, "2026-03-28T12:00:00Z") == "closed, 2026-04-05T00:00:00Z");
  const Calendar moved = calendar({days({"sun"}, "02:15", "02:45", "Europe/Berlin")}, {});
  CHECK(told(moved, "2026-03-28T12:00:00Z") == "closed, 2026-03-29T01:15:00Z");
  CHECK(told(moved, "2026-03-29T01:15:00Z") == "open, 2026-03-29T01:45:00Z");
  // What would end before it began is left out.
  const Calendar reversed = calendar({days({"sun"}, "02:30", "03:00", "Europe/Berlin")}, {});
  CHECK(told(reversed, "2026-03-28T12:00:00Z") == "closed, 2026-04-05T00:30:00Z");
  const Calendar half = calendar({days({"sun"}, "01:30", "02:30", "Australia/Lord_Howe")}, {});
  CHECK(told(half, "2026-10-03T14:00:00Z") == "closed, 2026-10-03T15:00:00Z");
  CHECK(told(half, "2026-10-03T15:00:00Z") == "open, 2026-10-03T15:30:00Z");
}

TEST_CASE("clocks that are set back")
{
  const Calendar half = calendar({days({"sun"}, "01:30", "02:30", "Australia/Lord_Howe")}, {});
  CHECK(told(half, "2026-04-04T14:30:00Z") == "open, 2026-04-04T16:00:00Z");
  const Calendar within = calendar({days({"sun"}, "02:15", "02:45", "Europe/Berlin")}, {});
  CHECK(told(within, "2026-10-25T00:15:00Z") == "open, 2026-10-25T00:45:00Z");
  CHECK(told(within, "2026-10-25T01:20:00Z") == "closed, 2026-11-01T01:15:00Z");
  // Back over midnight: Sunday has begun, and goes on while the wall shows Saturday again.
  const Calendar sunday = calendar({days({"sun"}, "00:00", "12:00", "America/St_Johns")}, {});
  CHECK(told(sunday, "2006-10-29T02:29:59Z") == "closed, 2006-10-29T02:30:00Z");
  CHECK(told(sunday, "2006-10-29T03:00:00Z") == "open, 2006-10-29T15:30:00Z");
}

TEST_CASE("a day that the zone left out has no window")
{
  const Calendar friday = calendar({days({"fri"}, "09:00", "17:00", "Pacific/Apia")}, {});
  CHECK(told(friday, "2011-12-29T12:00:00Z") == "closed, 2012-01-05T19:00:00Z");
  const Calendar night = calendar({days({"thu"}, "22:00", "04:00", "Pacific/Apia")}, {});
  CHECK(told(night, "2011-12-30T09:00:00Z") == "open, 2011-12-30T14:00:00Z");
  CHECK(told(calendar({days(all_week, "00:00", "24:00", "Pacific/Apia")}, {}), "2011-12-30T09:59:59Z")
        == "open, never");
}

TEST_CASE("dates are whole days or parts of them, once or every year")
{
  const Calendar holidays = calendar({}, {{.dates = {"12-24", "2026-12-31", "02-29"}, .zone = "Europe/Berlin"}});
  CHECK(told(holidays, "2026-11-25T10:00:00Z") == "open, 2026-12-23T23:00:00Z");
  CHECK(told(holidays, "2026-12-24T10:00:00Z") == "closed, 2026-12-24T23:00:00Z");
  CHECK(told(holidays, "2026-12-25T10:00:00Z") == "open, 2026-12-30T23:00:00Z");
  CHECK(told(holidays, "2027-01-01T00:00:00Z") == "open, 2027-12-23T23:00:00Z");
  CHECK(told(holidays, "2028-01-01T00:00:00Z") == "open, 2028-02-28T23:00:00Z");
  const Calendar leap = calendar({{.from = "10:00", .to = "11:00", .dates = {"02-29"}}}, {});
  CHECK(told(leap, "2026-01-01T00:00:00Z") == "closed, 2028-02-29T10:00:00Z");
  CHECK(told(leap, "2096-03-01T00:00:00Z") == "closed, 2104-02-29T10:00:00Z");
  const Calendar either = calendar({{.days = {"fri"}, .from = "10:00", .to = "11:00", .dates = {"2026-11-25"}}}, {});
  CHECK(told(either, "2026-11-25T09:00:00Z") == "closed, 2026-11-25T10:00:00Z");
  CHECK(told(either, "2026-11-25T11:00:00Z") == "closed, 2026-11-27T10:00:00Z");
  const Calendar past = calendar({{.dates = {"2026-01-01"}}}, {});
  CHECK(told(past, "2026-11-25T09:00:00Z") == "closed, never");
}

TEST_CASE("between two instants, to the second")
{
  const Calendar once = calendar({}, {{.between = {"2026-12-20T00:00:00.5+01:00", "2027-01-04T00:00:00+01:00"}}});
  CHECK(told(once, "2026-12-19T23:00:00Z") == "open, 2026-12-19T23:00:01Z");
  CHECK(told(once, "2026-12-19T23:00:01Z") == "closed, 2027-01-03T23:00:00Z");
  CHECK(told(once, "2027-01-03T23:00:00Z") == "open, never");
}

TEST_CASE("cron pairs begin at one time and end at the next of the other")
{
  const Calendar weekend = calendar({}, {{.cron = {"0 18 * * fri", "0 7 * * mon"}, .zone = "Europe/Berlin"}});
  CHECK(told(weekend, "2026-11-27T16:59:59Z") == "open, 2026-11-27T17:00:00Z");
  CHECK(told(weekend, "2026-11-28T12:00:00Z") == "closed, 2026-11-30T06:00:00Z");
  CHECK(told(weekend, "2026-11-30T06:00:00Z") == "open, 2026-12-04T17:00:00Z");
  // Two begins before an end, and an end and a begin at once.
  const Calendar again = calendar({{.cron = {"0 8,9 * * *", "0 10 * * *"}}}, {});
  CHECK(told(again, "2026-11-27T08:30:00Z") == "open, 2026-11-27T10:00:00Z");
  const Calendar at_once = calendar({{.cron = {"0 0 * * *", "0 0 * * *"}}}, {});
  CHECK(told(at_once, "2026-11-27T00:00:00Z") == "open, never");
  const Calendar leap = calendar({{.cron = {"0 0 29 2 *", "0 0 1 3 *"}}}, {});
  CHECK(told(leap, "2026-11-27T00:00:00Z") == "closed, 2028-02-29T00:00:00Z");
  CHECK(told(leap, "2028-02-29T00:00:00Z") == "open, 2028-03-01T00:00:00Z");
}

TEST_CASE("what changes after more than ten years is not told")
{
  const Calendar far = calendar({}, {{.between = {"2040-01-01T00:00:00Z", "2041-01-01T00:00:00Z"}}});
  CHECK(told(far, "2026-11-27T00:00:00Z") == "open, never");
  CHECK(told(far, "2031-01-01T00:00:00Z") == "open, 2040-01-01T00:00:00Z");
}

TEST_CASE("instants beyond the years of RFC 3339 are as at their end")
{
  const Calendar friday = calendar({}, {days({"fri"}, "", "", "Europe/Berlin")});
  CHECK_FALSE(friday.at(std::chrono::sys_seconds::max()).next_change);
  CHECK(friday.at(std::chrono::sys_seconds::min()).next_change);
  CHECK(told(friday, "2199-12-31T23:59:59Z") == "open, never");
}

TEST_CASE("windows without number come to an end")
{
  // Each closes for its own minute of every day, and all together always.
  std::vector<Window> minutes;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const auto time = [](int of_day) { return fmt::format("{:02}:{:02}", of_day / 60 % 24, of_day % 60); };
    minutes.push_back(days({}, time(minute), time(minute + 1)));
  }
  std::vector<Window> many;
  for (int i = 0; i < 7; ++i) {
    many.insert(many.end(), minutes.begin(), minutes.end());
  }
  const Calendar::State state = calendar({}, many).at(instant("2026-11-25T10:00:30Z"));
  CHECK_FALSE(state.is_open);
  CHECK_FALSE(state.next_change);
  CHECK(state.looked_until > instant("2026-11-25T10:10:00Z"));
  CHECK(state.looked_until < instant("2027-11-25T10:00:00Z"));
  const Calendar dense = calendar({{.cron = {"* * * * *", "* * * * *"}, .zone = "America/St_Johns"}}, {});
  CHECK(told(dense, "2026-11-25T10:00:30Z") == "open, never");
  CHECK(dense.at(instant("2026-11-25T10:00:30Z")).looked_until < instant("2027-11-25T10:00:00Z"));
}
