// SPDX-License-Identifier: Apache-2.0
#include "promote/time_words.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::promote {

namespace {

struct Unit
{
  std::int64_t seconds;
  const char* name;
};

constexpr std::array<Unit, 4> units{{{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}}};

}  // namespace

std::string
shown_time(std::chrono::milliseconds time)
{
  if (time.count() <= 0) {
    return "0 s";
  }
  const std::int64_t seconds = time.count() / 1000;
  if (seconds < 60) {
    return time.count() % 1000 == 0 ? fmt::format("{} s", seconds)
                                    : fmt::format("{:.1f} s", static_cast<double>(time.count()) / 1000.0);
  }
  std::size_t largest = 0;
  while (seconds < units.at(largest).seconds) {
    ++largest;
  }
  const Unit& unit = units.at(largest);
  const Unit& next = units.at(largest + 1);
  const std::int64_t rest = seconds % unit.seconds / next.seconds;
  const std::string first = fmt::format("{} {}", seconds / unit.seconds, unit.name);
  return rest == 0 ? first : fmt::format("{} {} {}", first, rest, next.name);
}

}  // namespace sluice::promote
