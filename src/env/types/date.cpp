// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 5> names{"isodate", "iso-date", "datetime", "timestamp", "isodatetime"};

/// "10:30", "10:30:05", "10:30:05.123", with `Z`, an offset or nothing behind it.
bool
is_time(std::string_view text)
{
  const std::size_t zone = text.find_first_of("Zz+-");
  const std::string_view offset = zone == std::string_view::npos ? std::string_view() : text.substr(zone);
  const std::string_view clock = text.substr(0, text.find_first_of(".Zz+-"));
  const auto is_number_to = [](std::string_view part, int last) {
    const auto number = number_of<int>(part);
    return part.size() == 2 && number && *number <= last && *number >= 0;
  };
  const auto parts = split(clock, ':');
  const bool is_clock = (parts.size() == 2 || parts.size() == 3) && is_number_to(parts[0], 24)
                        && is_number_to(parts[1], 59) && (parts.size() == 2 || is_number_to(parts[2], 60));
  const std::string_view fraction = text.substr(clock.size(), text.size() - clock.size() - offset.size());
  const bool is_fraction =
      fraction.empty() || (fraction.size() > 1 && std::all_of(fraction.begin() + 1, fraction.end(), is_digit));
  const std::string_view hours = offset.empty() ? offset : offset.substr(1);
  const bool is_offset = offset.empty() || offset == "Z" || offset == "z"
                         || (is_number_to(hours.substr(0, 2), 23)
                             && (hours.size() == 2 || (hours.size() == 4 && is_number_to(hours.substr(2), 59))
                                 || (hours.size() == 5 && hours[2] == ':' && is_number_to(hours.substr(3), 59))));
  return is_clock && is_fraction && is_offset;
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  constexpr std::size_t day_bytes = 10;
  const std::string_view day = value.substr(0, day_bytes);
  const std::string_view rest = value.substr(day.size());
  const bool is_day = day.size() == day_bytes && parse_date(day).has_value();
  return is_day && (rest.empty() || (is_any_of(rest.front(), "Tt ") && is_time(rest.substr(1))))
             ? std::nullopt
             : std::optional<std::string>("is not a date (`2026-01-31`, with or without a time)");
}

}  // namespace

extern const Type type_date{.id = "date", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
