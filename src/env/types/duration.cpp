// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 4> names{"timespan", "timedelta", "interval", "time.duration"};
constexpr std::array<std::string_view, 3> option_names{"max", "min", "output"};

/// In milliseconds. What Go, JavaScript libraries and @env-spec call them, in lower case.
double
unit_of(std::string_view name)
{
  static const std::map<std::string_view, double> units{{"ns", 1e-6},
                                                        {"us", 1e-3},
                                                        {"µs", 1e-3},
                                                        {"ms", 1},
                                                        {"millis", 1},
                                                        {"millisecond", 1},
                                                        {"milliseconds", 1},
                                                        {"s", 1e3},
                                                        {"sec", 1e3},
                                                        {"secs", 1e3},
                                                        {"second", 1e3},
                                                        {"seconds", 1e3},
                                                        {"m", 6e4},
                                                        {"min", 6e4},
                                                        {"mins", 6e4},
                                                        {"minute", 6e4},
                                                        {"minutes", 6e4},
                                                        {"h", 36e5},
                                                        {"hr", 36e5},
                                                        {"hrs", 36e5},
                                                        {"hour", 36e5},
                                                        {"hours", 36e5},
                                                        {"d", 864e5},
                                                        {"day", 864e5},
                                                        {"days", 864e5},
                                                        {"w", 6048e5},
                                                        {"wk", 6048e5},
                                                        {"wks", 6048e5},
                                                        {"week", 6048e5},
                                                        {"weeks", 6048e5},
                                                        {"y", 315576e5 * 1000},
                                                        {"year", 315576e5 * 1000},
                                                        {"years", 315576e5 * 1000}};
  const auto found = units.find(name);
  return found == units.end() ? 0 : found->second;
}

/// "90s", "1h30m", "2 days", "1500"; a bare number is one of milliseconds.
std::optional<double>
milliseconds(std::string_view text)
{
  if (const auto bare = decimal(text); bare && *bare >= 0) {
    return bare;
  }
  const std::string lower = to_lower(text);
  std::string_view rest = lower;
  double sum = 0;
  while (!rest.empty()) {
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789."), rest.size());
    const auto amount = decimal(rest.substr(0, digits));
    rest.remove_prefix(digits);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::size_t letters = std::min(rest.find_first_of("0123456789. "), rest.size());
    const double unit = unit_of(rest.substr(0, letters));
    if (!amount || unit == 0) {
      return std::nullopt;
    }
    sum += *amount * unit;
    rest.remove_prefix(letters);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  return text.empty() ? std::nullopt : std::optional(sum);
}

/// "PT5M", "P1DT12H".
bool
is_iso(std::string_view text)
{
  const bool is_written = text.size() > 2 && text.front() == 'P'
                          && text.find_first_not_of("0123456789.,YMWDTHS", 1) == std::string_view::npos;
  return is_written && is_letter(text.back()) && text.back() != 'T' && std::any_of(text.begin(), text.end(), is_digit);
}

/// "01:30:00", of .NET and Python; a .NET one has days before a dot.
bool
is_clock(std::string_view text)
{
  return std::count(text.begin(), text.end(), ':') == 2 && is_digit(text.front()) && is_digit(text.back())
         && text.find_first_not_of("0123456789:.") == std::string_view::npos;
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const auto length = milliseconds(value);
  if (!length) {
    return is_iso(value) || is_clock(value) ? std::nullopt
                                            : std::optional<std::string>("is not a length of time (`30s`, `1h`)");
  }
  if (const auto min = milliseconds(option(options, "min")); min && *length < *min) {
    return "is shorter than the schema allows";
  }
  if (const auto max = milliseconds(option(options, "max")); max && *length > *max) {
    return "is longer than the schema allows";
  }
  return std::nullopt;
}

}  // namespace

extern const Type type_duration{.id = "duration", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
