// SPDX-License-Identifier: Apache-2.0
#include "promote/window/zone.hpp"

#include "base/text.hpp"
#include "promote/window/zone_database.hpp"

#include <algorithm>
#include <optional>

namespace sluice::promote {

namespace {

using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::sys_seconds;

/// No wall is further from UTC than this, nor does any clock change by more.
constexpr std::chrono::hours widest{26};

constexpr std::size_t longest_name = 64;

/// "Berlin" for "Europe/Berlin", whatever the case.
std::string
of_that_city(std::string_view city, const std::vector<std::string>& names)
{
  const std::string tail = "/" + to_lower(city);
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const std::string& name) { return to_lower(name).ends_with(tail); });
  return found == names.end() ? std::string() : fmt::format(" (did you mean {}?)", *found);
}

std::string
meant_by(std::string_view typed)
{
  const std::vector<std::string> names = known_zones();
  const std::string meant = did_you_mean(typed, std::vector<std::string_view>(names.begin(), names.end()));
  return meant.empty() && !typed.empty() ? of_that_city(typed, names) : meant;
}

}  // namespace

Zone::Zone(std::string name, std::vector<ZonePeriod> periods)
    : table_(std::make_shared<Table>(Table{std::move(name), std::move(periods)}))
{}

Result<Zone>
Zone::named(std::string_view name)
{
  if (name == "UTC") {
    return Zone("UTC", {{sys_seconds::min(), std::chrono::seconds(0), "UTC"}});
  }
  const std::string_view asked = name.substr(0, longest_name);
  TRY_ASSIGN(auto periods, periods_of(asked));
  if (periods.empty() || asked != name) {
    return fail(ErrorKind::config, "\"{}\" is no time zone that is known here{}",
                printable(ellipsis(name, longest_name)), meant_by(asked));
  }
  return Zone(std::string(name), std::move(periods));
}

std::size_t
Zone::index_at(sys_seconds instant) const
{
  const auto& periods = table_->periods;
  const auto after = std::upper_bound(periods.begin() + 1, periods.end(), instant,
                                      [](sys_seconds at, const ZonePeriod& period) { return at < period.begin; });
  return static_cast<std::size_t>(after - periods.begin()) - 1;
}

const ZonePeriod&
Zone::period_at(sys_seconds instant) const
{
  return table_->periods[index_at(instant)];
}

local_seconds
Zone::wall_at(sys_seconds instant) const
{
  return local_seconds(instant.time_since_epoch() + period_at(instant).offset);
}

Zone::Moment
Zone::moment_of(local_seconds wall) const
{
  const auto& periods = table_->periods;
  const sys_seconds as_utc(wall.time_since_epoch());
  std::optional<Moment> found;
  sys_seconds unchanged = as_utc - periods.front().offset;
  for (std::size_t i = index_at(as_utc - widest); i < periods.size() && periods[i].begin <= as_utc + widest; ++i) {
    const sys_seconds instant = as_utc - periods[i].offset;
    const bool is_over = i + 1 < periods.size() && periods[i + 1].begin <= instant;
    if (instant < periods[i].begin) {
      continue;
    }
    if (is_over) {
      unchanged = instant;
    } else if (!found) {
      found = Moment{Moment::Kind::once, instant, instant};
    } else {
      found = Moment{Moment::Kind::twice, found->instant, instant};
    }
  }
  return found.value_or(Moment{Moment::Kind::never, unchanged, unchanged});
}

bool
Zone::has_day(local_days day) const
{
  const auto is_left_out = [this](local_seconds wall) { return moment_of(wall).kind == Moment::Kind::never; };
  return !is_left_out(day) || !is_left_out(day + std::chrono::days(1) - std::chrono::seconds(1));
}

bool
Zone::is_steady(local_days day) const
{
  const sys_seconds as_utc(day.time_since_epoch());
  return index_at(as_utc - 2 * widest) == index_at(as_utc + std::chrono::days(1) + 2 * widest);
}

}  // namespace sluice::promote
