// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace sluice::promote {

/// From Sunday on, as std::chrono::weekday::c_encoding has it.
inline constexpr std::array<std::string_view, 7> weekday_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                               "Thursday", "Friday", "Saturday"};

/// The same as they are written in a setting.
inline constexpr std::array<std::string_view, 7> weekday_keys{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/// "Sun".
[[nodiscard]] constexpr std::string_view
short_weekday(unsigned from_sunday)
{
  return weekday_names.at(from_sunday).substr(0, 3);
}

}  // namespace sluice::promote
