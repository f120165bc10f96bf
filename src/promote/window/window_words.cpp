// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window_words.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/window/weekday_names.hpp"
#include "promote/window/window_wall.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::promote {

namespace {

constexpr std::size_t dates_shown = 4;

std::string
shown(std::string_view text, std::size_t most = 60)
{
  return printable(ellipsis(text, most));
}

/// "a", "a and b", "a, b and c".
std::string
enumerated(std::span<const std::string> parts)
{
  if (parts.size() < 2) {
    return join(parts, ", ");
  }
  return join(parts.first(parts.size() - 1), ", ") + " and " + parts.back();
}

std::string
weekdays(const std::vector<std::string>& written)
{
  constexpr std::size_t all = weekday_names.size();
  std::vector<std::string> names;
  std::size_t first = all, last = 0;
  for (std::size_t from_monday = 0; from_monday < all; ++from_monday) {
    const std::size_t from_sunday = (from_monday + 1) % all;
    if (std::find(written.begin(), written.end(), weekday_keys.at(from_sunday)) != written.end()) {
      names.push_back(fmt::format("{}s", weekday_names.at(from_sunday)));
      first = std::min(first, from_monday);
      last = from_monday;
    }
  }
  if (names.size() == all) {
    return "every day";
  }
  const bool is_run = names.size() > 2 && last - first + 1 == names.size();
  return is_run ? fmt::format("from {} to {}", names.front(), names.back()) : "on " + enumerated(names);
}

std::string
dates(const std::vector<std::string>& written)
{
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(written.size(), dates_shown); ++i) {
    parts.push_back(shown(written[i]));
  }
  if (written.size() > dates_shown) {
    parts.push_back(counted(written.size() - dates_shown, "more date", "more dates"));
  }
  return "on " + enumerated(parts);
}

std::string
on_days(const Window& window)
{
  std::string text = window.days.empty() && window.dates.empty() ? "every day" : "";
  if (!window.days.empty()) {
    text += weekdays(window.days);
  }
  if (!window.dates.empty()) {
    text += (text.empty() ? "" : " and ") + dates(window.dates);
  }
  const bool is_whole_day = window.from.empty() || (window.from == "00:00" && window.to == "24:00");
  return is_whole_day ? text : fmt::format("{}, {} to {}", text, shown(window.from), shown(window.to));
}

/// "on Fridays (not on a Friday), Europe/Berlin".
std::string
told(const WindowRule& rule)
{
  std::string text = when_it_is(rule.written);
  if (!rule.written.reason.empty()) {
    text += fmt::format(" ({})", shown(rule.written.reason, 200));
  }
  return rule.written.between.empty() ? fmt::format("{}, {}", text, rule.zone.name()) : text;
}

std::string
why_open(const WindowOutlook& outlook)
{
  const WindowRule* const now = outlook.now.by;
  if (!outlook.change) {
    return now != nullptr ? fmt::format("open {}", told(*now)) : std::string("open: no window closes it");
  }
  if (const WindowRule* const closes = outlook.then.by; closes != nullptr) {
    return fmt::format("open until {}, then closed {}", shown_on(*outlook.change, closes->zone), told(*closes));
  }
  if (now == nullptr) {
    return fmt::format("open until {}", rfc3339(*outlook.change));
  }
  return fmt::format("open until {}, by the window {}", shown_on(*outlook.change, now->zone), told(*now));
}

std::string
why_closed(const WindowOutlook& outlook, std::size_t allowed_windows)
{
  if (outlook.now.by != nullptr) {
    return "closed " + told(*outlook.now.by);
  }
  const std::string none = allowed_windows == 1 ? "closed, for it is not within the one window in which it may be"
                                                : fmt::format("closed, for it is within none of the {} windows in "
                                                              "which it may be",
                                                              with_thousands(allowed_windows));
  if (outlook.then.by == nullptr) {
    return fmt::format("{}, and none comes before {}", none, rfc3339(outlook.looked_until));
  }
  return allowed_windows == 1 ? fmt::format("closed, for it is open only {}", told(*outlook.then.by))
                              : fmt::format("{}; the next is {}", none, told(*outlook.then.by));
}

}  // namespace

std::string
when_it_is(const Window& window)
{
  if (window.between.size() == 2) {
    return fmt::format("from {} to {}", shown(window.between[0]), shown(window.between[1]));
  }
  if (window.cron.size() == 2) {
    return fmt::format("from cron \"{}\" to \"{}\"", shown(window.cron[0]), shown(window.cron[1]));
  }
  return on_days(window);
}

std::string
why(const WindowOutlook& outlook, std::size_t allowed_windows)
{
  return outlook.now.is_open ? why_open(outlook) : why_closed(outlook, allowed_windows);
}

std::string
when_it_opens(const Calendar::State& state, std::string_view zone)
{
  if (!state.next_change) {
    return fmt::format("does not open before {}", rfc3339(state.looked_until));
  }
  const auto wall = on_the_wall(*state.next_change, zone);
  return fmt::format("opens at {}{}", rfc3339(*state.next_change), wall ? fmt::format(" ({})", *wall) : "");
}

}  // namespace sluice::promote
