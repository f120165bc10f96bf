// SPDX-License-Identifier: Apache-2.0
//
// What a measured number must keep. A number has a name, that of its limit: `Sample::measure`, or what the probe is
// called. Units are never converted: the number is in the unit that its limit names.
#pragma once

#include "base/enum_names.hpp"
#include "base/result.hpp"
#include "config/option_checks.hpp"
#include "promote/watch/sample.hpp"
#include "promote/watch/verify_setting.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Where of its limit a healthy number is.
enum class Side { at_most, below, at_least, above };

/// A threshold by name.
struct Preset
{
  std::string_view name;
  std::string_view measured;  ///< what is to be measured, for people
  std::string_view unit;      ///< of the number; empty: none
  Side side = Side::at_most;
  double number = 0;
  std::string_view source;  ///< who says so
};

[[nodiscard]] std::span<const Preset> presets();
[[nodiscard]] std::vector<std::string_view> names_of_presets();

/// Null if there is none of this name.
[[nodiscard]] const Preset* find_preset(std::string_view name);

struct Limit
{
  std::string measure;  ///< the name of what it is about
  Side side = Side::at_most;
  double number = 0;
  std::string unit;
};

/// `at most 80`, `below 0.01`, `at least 99.9 %`, `above 0`: what is written behind the number is its unit, for people.
/// Errors (ErrorKind::config): anything else; the unit of a preset that is measured in another.
[[nodiscard]] Result<Limit> limit_of(std::string_view measure, std::string_view text);

/// Presets that are named, with the numbers that the setting gives them, and the setting's own limits. What is not well
/// formed, which `check_limits` refuses, is a limit that nothing keeps.
[[nodiscard]] std::vector<Limit> limits_of(const Verify& verify);

/// Refuses presets that do not exist and limits that are not well formed.
void check_limits(std::string_view environment, const Verify& verify, config::OptionChecks& checks);

/// Whether the number is on the healthy side. On the limit itself it is, but for `below` and `above`. What is infinite
/// is over every limit, on whichever side that is healthy: x/0 is no measurement of a healthy service.
[[nodiscard]] bool keeps(double number, const Limit& limit);

/// Whether it is more than the limit by more than the rounding of a division or a product: 29 of 100 are not more than
/// 29 %, though 0.29 * 100 is less than 29.
[[nodiscard]] bool exceeds(double number, double limit);

/// "at most 80 %".
[[nodiscard]] std::string wanted(const Limit& limit);

/// "0.015", "infinite": six digits say enough.
[[nodiscard]] std::string shown_number(double number);

/// What the value of a sample is called.
[[nodiscard]] std::string_view measure_of(const Sample& sample);

}  // namespace sluice::promote

namespace sluice {

/// As they are written in a setting.
template<> struct EnumNames<promote::Side>
{
  static constexpr std::array<std::string_view, 4> names{"at most", "below", "at least", "above"};
};

}  // namespace sluice
