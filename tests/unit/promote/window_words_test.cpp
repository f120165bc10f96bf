// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window_wall.hpp"
#include "promote/window/window_words.hpp"
#include "window_case.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

std::string
why(const std::vector<Window>& allow, const std::vector<Window>& deny, std::string_view at)
{
  return calendar(allow, deny).at(instant(at)).why;
}

const Window no_friday{.days = {"fri"}, .zone = "Europe/Berlin", .reason = "not on a Friday"};
const Window office{.days = {"mon", "tue", "wed", "thu"}, .from = "09:00", .to = "16:00", .zone = "Europe/Berlin"};

}  // namespace

TEST_CASE("which window decides, and why, is told")
{
  CHECK(why({}, {no_friday}, "2026-11-27T10:00:00Z") == "closed on Fridays (not on a Friday), Europe/Berlin");
  CHECK(why({}, {no_friday}, "2026-11-25T10:00:00Z")
        == "open until Fri 27 Nov 2026 00:00 CET (+01:00), then closed on Fridays (not on a Friday), Europe/Berlin");
  CHECK(why({office}, {}, "2026-11-27T10:00:00Z")
        == "closed, for it is open only from Mondays to Thursdays, 09:00 to 16:00, Europe/Berlin");
  CHECK(why({office}, {}, "2026-11-25T10:00:00Z")
        == "open until Wed 25 Nov 2026 16:00 CET (+01:00), by the window from Mondays to Thursdays, 09:00 to 16:00, "
           "Europe/Berlin");
  CHECK(why({office, {.days = {"sat"}}}, {}, "2026-11-27T10:00:00Z")
        == "closed, for it is within none of the 2 windows in which it may be; the next is on Saturdays, UTC");
  CHECK(why({}, {}, "2026-11-27T10:00:00Z") == "open: no window closes it");
}

TEST_CASE("what never changes is told")
{
  CHECK(
      why({{.dates = {"2026-01-01"}}}, {}, "2026-11-27T10:00:00Z")
      == "closed, for it is not within the one window in which it may be, and none comes before 2036-11-27T10:00:00Z");
  CHECK(why({{.from = "00:00", .to = "24:00"}}, {}, "2026-11-27T10:00:00Z") == "open every day, UTC");
}

TEST_CASE("of those that deny, the one that does so longest is told")
{
  const Window freeze{.between = {"2026-11-20T00:00:00+01:00", "2027-01-04T00:00:00+01:00"}, .reason = "year's end"};
  CHECK(why({}, {no_friday, freeze}, "2026-11-27T10:00:00Z")
        == "closed from 2026-11-20T00:00:00+01:00 to 2027-01-04T00:00:00+01:00 (year's end)");
}

TEST_CASE("when a window is")
{
  CHECK(when_it_is({.days = {"fri", "mon"}}) == "on Mondays and Fridays");
  CHECK(when_it_is({.days = {"sat", "fri", "mon"}}) == "on Mondays, Fridays and Saturdays");
  CHECK(when_it_is({.days = {"fri", "sat", "sun"}, .from = "22:00", .to = "04:00"})
        == "from Fridays to Sundays, 22:00 to 04:00");
  CHECK(when_it_is({.days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}}) == "every day");
  CHECK(when_it_is({.days = {"fri"}, .dates = {"12-24", "12-25"}}) == "on Fridays and on 12-24 and 12-25");
  CHECK(when_it_is({.dates = {"12-24", "12-25", "12-26", "12-27", "12-28", "12-29"}})
        == "on 12-24, 12-25, 12-26, 12-27 and 2 more dates");
  CHECK(when_it_is({.cron = {"0 18 * * fri", "0 7 * * mon"}}) == "from cron \"0 18 * * fri\" to \"0 7 * * mon\"");
}

TEST_CASE("reasons that somebody else wrote stay on their line")
{
  const Window hostile{.days = {"fri"}, .reason = "a\n\x1b[31m" + std::string(10'000, 'b')};
  const std::string text = why({}, {hostile}, "2026-11-27T10:00:00Z");
  CHECK(text.starts_with("closed on Fridays (a\\x0a\\x1b[31mbbb"));
  CHECK(text.size() < 300);
}

TEST_CASE("an instant on the wall")
{
  const auto wall = [](std::string_view at, std::string_view zone) { return on_the_wall(instant(at), zone).value(); };
  CHECK(wall("2026-11-27T08:00:00Z", "Europe/Berlin") == "Fri 27 Nov 2026 09:00 CET (+01:00)");
  CHECK(wall("2026-07-01T08:00:30Z", "Europe/Berlin") == "Wed 1 Jul 2026 10:00:30 CEST (+02:00)");
  CHECK(wall("2026-11-27T08:00:00Z", "Asia/Kathmandu") == "Fri 27 Nov 2026 13:45 (+05:45)");
  CHECK(wall("2026-11-27T02:00:00Z", "America/St_Johns") == "Thu 26 Nov 2026 22:30 NST (-03:30)");
  CHECK(wall("2026-10-25T00:30:00Z", "Europe/Berlin") == "Sun 25 Oct 2026 02:30 CEST (+02:00), the first of two");
  CHECK(wall("2026-10-25T01:30:00Z", "Europe/Berlin") == "Sun 25 Oct 2026 02:30 CET (+01:00), the second of two");
  CHECK(wall("2026-11-27T08:00:00Z", "UTC") == "Fri 27 Nov 2026 08:00 UTC (+00:00)");
  CHECK(on_the_wall(std::chrono::sys_seconds::max(), "UTC").value() == "Wed 1 Jan 2200 00:00 UTC (+00:00)");
  CHECK(on_the_wall({}, "Europe/Berln").error().kind == ErrorKind::config);
}
