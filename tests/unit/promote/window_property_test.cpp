// SPDX-License-Identifier: Apache-2.0
//
// Windows at random, minute by minute over days on which clocks change, beside a reckoning that lists every stretch and
// looks through all of them.
#include "promote/window/zone.hpp"
#include "window_case.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <random>
#include <set>

using namespace sluice;
using namespace sluice::promote;
using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::sys_seconds;

namespace {

struct Change
{
  const char* zone;
  const char* near;
};

constexpr std::array<Change, 10> changes{{{"Europe/Berlin", "2026-03-29T01:00:00Z"},
                                          {"Europe/Berlin", "2026-10-25T01:00:00Z"},
                                          {"America/New_York", "2026-11-01T06:00:00Z"},
                                          {"Australia/Lord_Howe", "2026-04-04T15:00:00Z"},
                                          {"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
                                          {"Asia/Kathmandu", "2026-12-31T18:15:00Z"},
                                          {"America/St_Johns", "2006-10-29T02:31:00Z"},
                                          {"America/St_Johns", "2006-04-02T03:31:00Z"},
                                          {"America/Sao_Paulo", "2018-11-04T03:00:00Z"},
                                          {"Pacific/Apia", "2011-12-30T10:00:00Z"}}};

constexpr std::array<const char*, 7> names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr auto days_seen = 3;
constexpr auto days_around = 9;

struct Stretch
{
  sys_seconds begin, end;
};

/// A window, and all of its stretches near an instant.
struct Known
{
  Window window;
  std::vector<Stretch> stretches;
};

class Chance
{
public:
  explicit Chance(unsigned seed)
      : engine_(seed)
  {}
  unsigned
  below(unsigned end)
  {
    return static_cast<unsigned>(engine_() % end);
  }
  std::set<unsigned>
  some(unsigned end, unsigned most)
  {
    std::set<unsigned> values;
    for (unsigned i = 0; i <= below(most); ++i) {
      values.insert(below(end));
    }
    return values;
  }

private:
  std::mt19937 engine_;
};

std::string
clock(unsigned minute)
{
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

Known
window_of_days(Chance& chance, const Zone& zone, local_days near)
{
  Known known;
  const auto weekdays = chance.some(7, 4);
  const unsigned from = chance.below(24 * 60), to = chance.below(5) == 0 ? 24 * 60 : chance.below(24 * 60);
  for (const unsigned day : weekdays) {
    known.window.days.emplace_back(names.at(day));
  }
  known.window.from = clock(from);
  known.window.to = clock(to);
  const unsigned end = to <= from ? to + 24 * 60 : to;
  for (int i = -days_around; i <= days_around; ++i) {
    const local_days day = near + std::chrono::days(i);
    if (zone.has_day(day) && weekdays.contains(std::chrono::weekday(day).c_encoding())) {
      known.stretches.push_back({zone.moment_of(day + std::chrono::minutes(from)).instant,
                                 zone.moment_of(day + std::chrono::minutes(end)).instant});
    }
  }
  return known;
}

struct Times
{
  std::string expression;
  std::set<sys_seconds> instants;
};

/// On every day, at some hours and minutes.
Times
times_of_cron(Chance& chance, const Zone& zone, local_days near)
{
  const auto hours = chance.some(24, 3), minutes = chance.some(60, 2);
  Times times{fmt::format("{} {} * * *", fmt::join(minutes, ","), fmt::join(hours, ",")), {}};
  for (int i = -days_around; i <= days_around; ++i) {
    const local_days day = near + std::chrono::days(i);
    for (const unsigned hour : hours) {
      for (const unsigned minute : minutes) {
        if (zone.has_day(day)) {
          times.instants.insert(zone.moment_of(day + std::chrono::hours(hour) + std::chrono::minutes(minute)).instant);
        }
      }
    }
  }
  return times;
}

Known
window_of_cron(Chance& chance, const Zone& zone, local_days near)
{
  Known known;
  const Times begin = times_of_cron(chance, zone, near), end = times_of_cron(chance, zone, near);
  known.window.cron = {begin.expression, end.expression};
  for (const sys_seconds at : begin.instants) {
    const auto next = end.instants.upper_bound(at);
    known.stretches.push_back({at, next == end.instants.end() ? sys_seconds::max() : *next});
  }
  return known;
}

std::vector<Known>
some_windows(Chance& chance, const Zone& zone, local_days near)
{
  std::vector<Known> all;
  for (unsigned count = chance.below(4); count > 0; --count) {
    all.push_back(chance.below(3) == 0 ? window_of_cron(chance, zone, near) : window_of_days(chance, zone, near));
    all.back().window.zone = zone.name();
  }
  return all;
}

bool
is_covered(const std::vector<Known>& windows, sys_seconds at)
{
  for (const Known& known : windows) {
    for (const Stretch& stretch : known.stretches) {
      if (stretch.begin <= at && at < stretch.end) {
        return true;
      }
    }
  }
  return false;
}

std::vector<Window>
written(const std::vector<Known>& windows)
{
  std::vector<Window> all;
  for (const Known& known : windows) {
    all.push_back(known.window);
  }
  return all;
}

void
compare(const Change& change, unsigned seed)
{
  CAPTURE(fmt::format("{} {}", change.zone, seed));
  Chance chance(seed);
  const Zone zone = Zone::named(change.zone).value();
  const sys_seconds near = instant(change.near);
  const local_days day = std::chrono::floor<std::chrono::days>(zone.wall_at(near));
  const auto allow = some_windows(chance, zone, day), deny = some_windows(chance, zone, day);
  const Calendar calendar = promote::calendar(written(allow), written(deny));
  constexpr int minutes = days_seen * 24 * 60;
  std::vector<bool> is_open;
  for (int i = 0; i < minutes; ++i) {
    const sys_seconds at = near + std::chrono::minutes(i - minutes / 2);
    is_open.push_back((allow.empty() || is_covered(allow, at)) && !is_covered(deny, at));
  }
  int flip = minutes;
  for (int i = minutes - 1; i >= 0; --i) {
    flip = i + 1 < minutes && is_open[i] != is_open[i + 1] ? i + 1 : flip;
    if (i % 11 != 0 && flip != i + 1 && flip != i) {
      continue;  // every minute would be no other question
    }
    const sys_seconds first = near - std::chrono::minutes(minutes / 2);
    const Calendar::State state = calendar.at(first + std::chrono::minutes(i));
    REQUIRE(state.is_open == is_open[i]);
    const bool is_seen = state.next_change && *state.next_change < first + std::chrono::minutes(minutes);
    REQUIRE((is_seen ? shown(state.next_change) : "")
            == (flip == minutes ? "" : rfc3339(first + std::chrono::minutes(flip))));
  }
}

}  // namespace

TEST_CASE("calendars at random agree with a list of all stretches")
{
  for (const Change& change : changes) {
    for (unsigned seed = 1; seed <= 6; ++seed) {
      compare(change, seed);
    }
  }
}
