// SPDX-License-Identifier: Apache-2.0
#include "promote/window/zone.hpp"
#include "promote/window/zone_database.hpp"
#include "promote/window/zone_rule.hpp"
#include "window_case.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::promote;
using namespace std::chrono_literals;
using std::chrono::local_days;
using Kind = Zone::Moment::Kind;

namespace {

Zone
zone(std::string_view name)
{
  return Zone::named(name).value();
}

std::string
offset(std::string_view name, std::string_view at)
{
  const ZonePeriod period = zone(name).period_at(instant(at));
  return fmt::format("{} {}", period.abbreviation,
                     std::chrono::duration_cast<std::chrono::minutes>(period.offset).count());
}

std::chrono::local_seconds
wall(std::string_view text)
{
  return std::chrono::local_seconds(instant(std::string(text) + ":00Z").time_since_epoch());
}

std::string
moment(std::string_view name, std::string_view at)
{
  const Zone::Moment moment = zone(name).moment_of(wall(at));
  const std::string first = rfc3339(moment.instant);
  return moment.kind == Kind::once    ? first
         : moment.kind == Kind::never ? "never, " + first
                                      : fmt::format("twice, {}, {}", first, rfc3339(moment.second));
}

std::string
trouble(std::string_view name)
{
  const auto read = Zone::named(name);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::config);
  return read.error().message;
}

/// The changes of a rule in some years, "2026-03-29T01:00:00Z CEST 120".
std::string
changes(std::string_view rule, std::string_view from, std::string_view to)
{
  std::vector<ZonePeriod> periods{{instant(from), 0s, "-"}};
  const auto read = ZoneRule::parse(rule);
  REQUIRE(read);
  read->continue_to(instant(to), periods);
  std::string text;
  for (std::size_t i = 1; i < periods.size(); ++i) {
    text += fmt::format("{} {} {}\n", rfc3339(periods[i].begin), periods[i].abbreviation,
                        std::chrono::duration_cast<std::chrono::minutes>(periods[i].offset).count());
  }
  return text;
}

}  // namespace

TEST_CASE("zones have the offset and the name of an instant")
{
  CHECK(offset("Europe/Berlin", "2026-03-29T00:59:59Z") == "CET 60");
  CHECK(offset("Europe/Berlin", "2026-03-29T01:00:00Z") == "CEST 120");
  CHECK(offset("America/New_York", "2026-11-01T05:59:59Z") == "EDT -240");
  CHECK(offset("America/New_York", "2026-11-01T06:00:00Z") == "EST -300");
  CHECK(offset("Asia/Kathmandu", "2026-11-25T00:00:00Z") == "+0545 345");
  CHECK(offset("America/St_Johns", "2026-07-01T00:00:00Z") == "NDT -150");
  CHECK(offset("Australia/Lord_Howe", "2026-07-01T00:00:00Z") == "+1030 630");
  CHECK(offset("Australia/Lord_Howe", "2026-12-01T00:00:00Z") == "+11 660");
  CHECK(offset("UTC", "1700-01-01T00:00:00Z") == "UTC 0");
}

TEST_CASE("the clocks of later years follow the rule with which the database ends")
{
  CHECK(offset("Europe/Berlin", "2040-07-01T00:00:00Z") == "CEST 120");
  CHECK(offset("Europe/Berlin", "2040-12-01T00:00:00Z") == "CET 60");
  CHECK(offset("America/New_York", "2199-07-01T00:00:00Z") == "EDT -240");
  CHECK(offset("Australia/Lord_Howe", "2100-01-01T00:00:00Z") == "+11 660");
  CHECK(offset("Europe/Dublin", "2050-07-01T00:00:00Z") == "IST 60");
  CHECK(offset("Europe/Dublin", "2050-12-01T00:00:00Z") == "GMT 0");
}

TEST_CASE("a rule gives the very changes that the database lists")
{
  for (const auto& [zone_name, rule] : {std::pair("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
                                        std::pair("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
                                        std::pair("Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"),
                                        std::pair("Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"),
                                        std::pair("America/Nuuk", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0")}) {
    const std::string name = zone_name;
    CAPTURE(name);
    const std::vector<ZonePeriod> all = periods_of(name).value();
    const auto later = std::find_if(all.begin(), all.end(), [](const ZonePeriod& period) {
      return period.begin > instant("2025-01-01T00:00:00Z");
    });
    std::vector<ZonePeriod> made(all.begin(), later);
    ZoneRule::parse(rule)->continue_to(last_instant, made);
    REQUIRE(made.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(rfc3339(made[i].begin) == rfc3339(all[i].begin));
      CHECK(made[i].offset == all[i].offset);
      CHECK(made[i].abbreviation == all[i].abbreviation);
    }
  }
}

TEST_CASE("rules count days of the year with and without 29 February")
{
  CHECK(changes("AAA0BBB,J60/0,300/1:30:15", "2027-01-01T00:00:00Z", "2029-01-01T00:00:00Z")
        == "2027-03-01T00:00:00Z BBB 60\n2027-10-28T00:30:15Z AAA 0\n"
           "2028-03-01T00:00:00Z BBB 60\n2028-10-27T00:30:15Z AAA 0\n");
}

TEST_CASE("what is no rule by which clocks change is none")
{
  for (const char* text :
       {"", "UTC0", "<+0545>-5:45", "CET", "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0", "CE-1CEST,M3.5.0,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J366", "CET-1CEST,M3.5.0/168,M10.5.0", "<CET-1CEST,M3.5.0,M10.5.0",
        "CET-1CEST,M3.5.0/,M10.5.0", "CET-99999999999999CEST,M3.5.0,M10.5.0"}) {
    CAPTURE(text);
    CHECK_FALSE(ZoneRule::parse(text));
  }
}

TEST_CASE("times of a wall come once, twice or never")
{
  CHECK(moment("Europe/Berlin", "2026-11-27T09:00") == "2026-11-27T08:00:00Z");
  CHECK(moment("Europe/Berlin", "2026-03-29T02:30") == "never, 2026-03-29T01:30:00Z");
  CHECK(moment("Europe/Berlin", "2026-03-29T03:00") == "2026-03-29T01:00:00Z");
  CHECK(moment("Europe/Berlin", "2026-10-25T02:00") == "twice, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z");
  CHECK(moment("Europe/Berlin", "2026-10-25T03:00") == "2026-10-25T02:00:00Z");
  // Half an hour, at two o'clock.
  CHECK(moment("Australia/Lord_Howe", "2026-10-04T02:15") == "never, 2026-10-03T15:45:00Z");
  CHECK(moment("Australia/Lord_Howe", "2026-10-04T02:30") == "2026-10-03T15:30:00Z");
  CHECK(moment("Australia/Lord_Howe", "2026-04-05T01:45") == "twice, 2026-04-04T14:45:00Z, 2026-04-04T15:15:00Z");
  // One minute after midnight, as it was until 2011.
  CHECK(moment("America/St_Johns", "2006-10-29T00:00") == "twice, 2006-10-29T02:30:00Z, 2006-10-29T03:30:00Z");
  CHECK(moment("America/St_Johns", "2006-04-02T00:30") == "never, 2006-04-02T04:00:00Z");
}

TEST_CASE("a day may be left out")
{
  const Zone apia = zone("Pacific/Apia");
  const local_days left_out(std::chrono::year(2011) / 12 / 30);
  CHECK_FALSE(apia.has_day(left_out));
  CHECK(apia.has_day(left_out - std::chrono::days(1)));
  CHECK(apia.has_day(left_out + std::chrono::days(1)));
  // Midnight alone is no day.
  CHECK(zone("America/Sao_Paulo").has_day(local_days(std::chrono::year(2018) / 11 / 4)));
}

TEST_CASE("days on which clocks change, and those beside them, are not steady")
{
  const Zone berlin = zone("Europe/Berlin");
  const local_days change(std::chrono::year(2026) / 3 / 29);
  CHECK_FALSE(berlin.is_steady(change));
  CHECK_FALSE(berlin.is_steady(change - std::chrono::days(1)));
  CHECK(berlin.is_steady(change - std::chrono::days(10)));
  CHECK(zone("UTC").is_steady(change));
}

TEST_CASE("a zone that is not known is told, with what may be meant")
{
  CHECK(trouble("Europe/Berlni")
        == "\"Europe/Berlni\" is no time zone that is known here (did you mean Europe/Berlin?)");
  CHECK(trouble("kathmandu") == "\"kathmandu\" is no time zone that is known here (did you mean Asia/Kathmandu?)");
  CHECK(trouble("") == "\"\" is no time zone that is known here");
  CHECK(trouble("Nowhere/At_All_That_Is_Known")
        == "\"Nowhere/At_All_That_Is_Known\" is no time zone that is known here");
  CHECK(trouble("../../../etc/passwd").find("no time zone") != std::string::npos);
  CHECK(trouble("Europe").find("no time zone") != std::string::npos);
  CHECK(trouble(std::string("UTC\0", 4)) == "\"UTC\\x00\" is no time zone that is known here (did you mean UTC?)");
  CHECK(trouble(std::string(100'000, 'x')).size() < 200);
}
