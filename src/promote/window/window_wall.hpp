// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "promote/window/zone.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace sluice::promote {

/// "Fri 27 Nov 2026 09:00 CET (+01:00)", with "the first of two" behind it where the time comes twice.
[[nodiscard]] std::string shown_on(std::chrono::sys_seconds instant, const Zone& zone);

/// A time that somebody plans by a wall clock.
struct PlannedTime
{
  std::chrono::sys_seconds instant;  ///< the first of two; of one that is left out, as if clocks had not changed
  std::string note;                  ///< "02:30 does not come on this day: …"; empty of a time that comes once
};

/// `wall` is "2026-03-29T02:30", also with a space and with seconds. Errors (ErrorKind::config): it is no such time,
/// the zone is not known.
[[nodiscard]] Result<PlannedTime> planned(std::string_view wall, std::string_view zone);

}  // namespace sluice::promote
