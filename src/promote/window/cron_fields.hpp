// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string_view>

namespace sluice::promote {

/// What the five fields of a cron expression admit, a bit for each value.
struct CronFields
{
  std::uint64_t minutes = 0;   ///< 0–59
  std::uint64_t hours = 0;     ///< 0–23
  std::uint64_t days = 0;      ///< 1–31
  std::uint64_t months = 0;    ///< 1–12
  std::uint64_t weekdays = 0;  ///< 0–6, from Sunday on

  /// How the two kinds of day come together.
  enum class Days { both, either };
  Days combine = Days::both;
  enum class Hours { some, every };
  Hours written = Hours::some;  ///< whether the hour is "*"
};

/// Errors (ErrorKind::config): the text is not five fields of that kind, with what is wrong.
[[nodiscard]] Result<CronFields> read_cron(std::string_view text);

}  // namespace sluice::promote
