// SPDX-License-Identifier: Apache-2.0
#include "promote/window/zone_database.hpp"

#include "base/path.hpp"
#include "promote/window/zone_rule.hpp"

#include <algorithm>
#include <date/tz.h>
#include <exception>
#include <filesystem>

namespace sluice::promote {

namespace {

using std::chrono::sys_seconds;

/// Where the library looks too.
constexpr std::string_view folder = "/usr/share/zoneinfo";
constexpr std::uint64_t largest_file = 1U << 20U;

bool
is_same_clock(const ZonePeriod& a, const date::sys_info& b)
{
  return a.offset == b.offset && a.abbreviation == b.abbrev;
}

std::vector<ZonePeriod>
listed(const date::time_zone& zone)
{
  date::sys_info info = zone.get_info(first_instant);
  std::vector<ZonePeriod> periods{{sys_seconds::min(), info.offset, info.abbrev}};
  while (info.end < last_instant) {
    const sys_seconds begin = info.end;
    info = zone.get_info(begin);
    if (!is_same_clock(periods.back(), info)) {
      periods.push_back({begin, info.offset, info.abbrev});
    }
    if (info.end <= begin) {
      break;
    }
  }
  return periods;
}

/// Of a file of RFC 8536: its last line, from version 2 on.
std::string
rule_of(std::string_view name)
{
  const auto text = read_file(std::filesystem::path(folder) / name, largest_file);
  if (!text || !text->starts_with("TZif") || text->size() < 6 || (*text)[4] < '2' || !text->ends_with('\n')) {
    return {};
  }
  const std::string_view lines = std::string_view(*text).substr(0, text->size() - 1);
  return std::string(lines.substr(lines.rfind('\n') + 1));
}

const date::time_zone*
find_zone(const date::tzdb& database, std::string_view name)
{
  const auto found = std::find_if(database.zones.begin(), database.zones.end(),
                                  [&](const date::time_zone& zone) { return zone.name() == name; });
  return found == database.zones.end() ? nullptr : &*found;
}

}  // namespace

Result<std::vector<ZonePeriod>>
periods_of(std::string_view name)
{
  try {
    const date::time_zone* const zone = find_zone(date::get_tzdb(), name);
    if (zone == nullptr) {
      return {};
    }
    std::vector<ZonePeriod> periods = listed(*zone);
    if (const auto rule = ZoneRule::parse(rule_of(name))) {
      rule->continue_to(last_instant, periods);
    }
    return periods;
  } catch (const std::exception& problem) {
    return fail(ErrorKind::environment, "time zone {}: cannot be read on this machine (is tzdata installed?): {}", name,
                problem.what());
  }
}

std::vector<std::string>
known_zones()
{
  std::vector<std::string> names;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones) {
      names.push_back(zone.name());
    }
  } catch (const std::exception&) {
    names.clear();  // whoever asks for a zone is told
  }
  return names;
}

}  // namespace sluice::promote
