// SPDX-License-Identifier: Apache-2.0
#include "config/values.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace sluice::config {

namespace {

constexpr std::size_t max_shown = 80;

struct Unit
{
  std::string_view name;
  std::int64_t milliseconds;
};

constexpr std::array<Unit, 5> units{
    Unit{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1},
};

/// Takes what `is_taken` holds for off the front.
template<typename Predicate>
std::string_view
take_while(std::string_view& text, Predicate is_taken)
{
  const auto end = std::find_if_not(text.begin(), text.end(), is_taken);
  const std::string_view taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(taken.size());
  return taken;
}

/// Milliseconds up to `maximum`; nothing for more and for what is no duration.
std::optional<std::int64_t>
read_duration(std::string_view text, std::int64_t maximum)
{
  std::int64_t total = 0;
  auto next_unit = units.begin();
  const bool is_bare = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  do {
    const auto number = number_of<std::int64_t>(take_while(text, is_digit));
    const std::string_view name = is_bare ? "s" : take_while(text, [](char c) { return !is_digit(c); });
    const auto unit = std::find_if(next_unit, units.end(), [name](const Unit& each) { return each.name == name; });
    if (!number || unit == units.end() || *number > (maximum - total) / unit->milliseconds) {
      return std::nullopt;
    }
    total += *number * unit->milliseconds;
    next_unit = unit + 1;
  } while (!text.empty());
  return total;
}

}  // namespace

std::string
in_quotes(std::string_view untrusted)
{
  // The first cut only spares work: what it damages is cut off by the second.
  return fmt::format("\"{}\"", ellipsis(printable(untrusted.substr(0, max_shown + 4)), max_shown));
}

std::vector<std::string>
items_of(std::string_view value)
{
  std::vector<std::string> items;
  for (const std::string_view part : split(value, value.find('\n') == std::string_view::npos ? ',' : '\n')) {
    if (const std::string_view item = trim(part); !item.empty()) {
      items.emplace_back(item);
    }
  }
  return items;
}

Result<NamedText>
parse_named(std::string_view item)
{
  const std::size_t equals = item.find('=');
  const std::string_view name = trim(item.substr(0, equals));
  if (equals == std::string_view::npos || name.empty()) {
    return fail(ErrorKind::config, "must be NAME=VALUE items, not {}", in_quotes(item));
  }
  return NamedText{name, item.substr(equals + 1)};
}

Result<bool>
parse_toggle(std::string_view value)
{
  const std::string lower = to_lower(trim(value));
  for (const std::string_view word : {"true", "yes", "on", "1"}) {
    if (lower == word) {
      return true;
    }
  }
  for (const std::string_view word : {"false", "no", "off", "0"}) {
    if (lower == word) {
      return false;
    }
  }
  return fail(ErrorKind::config, "must be true, yes, on or 1 or false, no, off or 0, not {}", in_quotes(value));
}

Result<std::int64_t>
parse_number(std::string_view value, std::int64_t minimum, std::int64_t maximum)
{
  const auto number = number_of<std::int64_t>(trim(value));
  if (!number || *number < minimum || *number > maximum) {
    return fail(ErrorKind::config, "must be a whole number from {} to {}, not {}", minimum, maximum, in_quotes(value));
  }
  return *number;
}

Result<double>
parse_real(std::string_view value, double minimum, double maximum)
{
  const auto number = number_of<double>(trim(value));
  // Written so that what is called "nan" fails.
  const bool is_within = number && *number >= minimum && *number <= maximum;
  if (!is_within) {
    return fail(ErrorKind::config, "must be a number from {} to {}, not {}", minimum, maximum, in_quotes(value));
  }
  return *number;
}

Result<std::size_t>
parse_choice(std::string_view value, std::span<const std::string_view> names)
{
  const auto found = std::find(names.begin(), names.end(), trim(value));
  if (found == names.end()) {
    return fail(ErrorKind::config, "must be one of {}, not {}{}", fmt::join(names, ", "), in_quotes(value),
                did_you_mean(trim(value), names));
  }
  return static_cast<std::size_t>(found - names.begin());
}

Result<std::chrono::milliseconds>
parse_duration(std::string_view value, std::chrono::milliseconds minimum, std::chrono::milliseconds maximum)
{
  const auto duration = read_duration(trim(value), maximum.count());
  if (!duration || *duration < minimum.count()) {
    return fail(ErrorKind::config, "must be a duration from {} to {}, such as 90s, 15m or 1h30m, not {}",
                spelled_duration(minimum), spelled_duration(maximum), in_quotes(value));
  }
  return std::chrono::milliseconds(*duration);
}

std::string
spelled_duration(std::chrono::milliseconds duration)
{
  std::string text;
  std::int64_t rest = duration.count();
  for (const Unit& unit : units) {
    if (rest >= unit.milliseconds) {
      text += fmt::format("{}{}", rest / unit.milliseconds, unit.name);
      rest %= unit.milliseconds;
    }
  }
  return text.empty() ? "0s" : text;
}

}  // namespace sluice::config
