// SPDX-License-Identifier: Apache-2.0
#include "promote/options.hpp"
#include "window_case.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

std::string
problem_of_days(const std::vector<std::string>& days, const std::string& from = {}, const std::string& to = {})
{
  return problem({.days = days, .from = from, .to = to});
}

}  // namespace

TEST_CASE("days of the week are named as they are")
{
  CHECK(problem_of_days({"mon", "sun"}).empty());
  CHECK(problem_of_days({"mon", "Friday"}) == "\"Friday\" is no day of the week (did you mean fri?)");
  CHECK(problem_of_days({"tus"}) == "\"tus\" is no day of the week (did you mean tue?)");
  CHECK(problem_of_days({"\x1b[2J"}) == "\"\\x1b[2J\" is no day of the week");
  CHECK(problem_of_days({""}) == "\"\" is no day of the week");
}

TEST_CASE("times come in pairs, from 00:00 to 24:00")
{
  CHECK(problem_of_days({"mon"}, "00:00", "24:00").empty());
  CHECK(problem_of_days({}, "22:00", "04:00").empty());
  CHECK(problem_of_days({"mon"}, "09:00") == "it has `from` and not `to`");
  CHECK(problem_of_days({}, "", "09:00") == "it has `to` and not `from`");
  CHECK(problem_of_days({"mon"}, "24:00", "09:00") == "\"24:00\" is no time such as 09:00");
  CHECK(problem_of_days({"mon"}, "9:00", "10:00") == "\"9:00\" is no time such as 09:00");
  CHECK(problem_of_days({"mon"}, "09:00", "24:01") == "\"24:01\" is no time such as 09:00, nor 24:00");
  for (const char* text : {"09:60", "25:00", "0900", "09-00", "09:00 ", "-9:00", "+9:00", "09:0a", "09:00:00"}) {
    CAPTURE(text);
    CHECK_FALSE(problem_of_days({"mon"}, text, "23:00").empty());
  }
}

TEST_CASE("dates are of one year or of every")
{
  CHECK(problem({.dates = {"2026-12-24", "12-24", "02-29", "2028-02-29"}}).empty());
  for (const char* text :
       {"2026-02-29", "02-30", "13-01", "12-24-", "2026-12", "24.12.", "+1-01", "1600-01-01", "2200-01-01", ""}) {
    CAPTURE(text);
    CHECK(problem({.dates = {text}})
          == "\"" + std::string(text) + "\" is no date such as 2026-12-24, or 12-24 of every year");
  }
  CHECK(problem({.dates = std::vector<std::string>(10'001, "12-24")}) == "it has more than 10,000 days");
}

TEST_CASE("between are two instants, one before the other")
{
  const std::string a = "2026-12-20T00:00:00+01:00", b = "2027-01-04T00:00:00+01:00";
  CHECK(problem({.between = {a, b}}).empty());
  CHECK(problem({.between = {a}}) == "`between` is not two instants but 1");
  CHECK(problem({.between = {a, b, b}}) == "`between` is not two instants but 3");
  CHECK(problem({.between = {b, a}}) == "it ends, \"" + a + "\", before it begins, \"" + b + "\"");
  CHECK_FALSE(problem({.between = {a, a}}).empty());
  CHECK(problem({.between = {"2026-12-20", b}}) == "\"2026-12-20\" is no instant such as 2026-12-20T00:00:00+01:00");
  CHECK_FALSE(problem({.between = {"2026-12-20T00:00:00", b}}).empty());
}

TEST_CASE("cron are two expressions")
{
  CHECK(problem({.cron = {"0 0 * * *", "0 1 * * *"}}).empty());
  CHECK(problem({.cron = {"0 0 * * *"}}) == "`cron` is not two expressions, when it begins and when it ends, but 1");
  CHECK(problem({.cron = {"0 0 * * *", "0 0 30 2 *"}}) == "cron \"0 0 30 2 *\": such a day never comes");
}

TEST_CASE("a window says one thing")
{
  CHECK(problem({}) == "it says nothing: it has none of `days`, `dates`, `from`, `between` and `cron`");
  CHECK(problem({.zone = "Europe/Berlin", .reason = "why"}).starts_with("it says nothing"));
  CHECK(problem({.days = {"mon"}, .cron = {"0 0 * * *", "0 1 * * *"}}).starts_with("it has several of"));
  CHECK(problem({.from = "09:00", .to = "10:00", .between = {"a", "b"}}).starts_with("it has several of"));
}

TEST_CASE("zones are known, and one that a window names counts for it alone")
{
  CHECK(problem({.days = {"mon"}, .zone = "Europe/Berln"})
        == "\"Europe/Berln\" is no time zone that is known here (did you mean Europe/Berlin?)");
  CHECK(problem({.days = {"mon"}, .zone = "Europe/Berlin"}, "Mars/Olympus").starts_with("\"Mars/Olympus\" is no"));
}

TEST_CASE("everything that is wrong is told, at its place, unless it is very much")
{
  const Window wrong{.days = {"x"}, .origin = "sluice.yml:7"};
  const std::vector<Window> some{wrong, {.days = {"mon"}}, {.from = "09:00", .origin = "sluice.yml:9"}};
  const auto read = Calendar::of(some, some, "UTC");
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::config);
  const std::string twice = "sluice.yml:7: \"x\" is no day of the week\nsluice.yml:9: it has `from` and not `to`";
  CHECK(read.error().message == twice + "\n" + twice);
  const auto many = Calendar::of(std::vector<Window>(10'000, wrong), {}, "UTC");
  CHECK(std::count(many.error().message.begin(), many.error().message.end(), '\n') == 9);
}

TEST_CASE("the window that nobody wrote allows any time, and denies Fridays")
{
  const Stage stage;
  const Calendar calendar = Calendar::of(stage.allow, stage.deny, "Europe/Berlin").value();
  CHECK(told(calendar, "2026-11-25T10:00:00Z") == "open, 2026-11-26T23:00:00Z");
  CHECK(told(calendar, "2026-11-27T10:00:00Z") == "closed, 2026-11-27T23:00:00Z");
}
