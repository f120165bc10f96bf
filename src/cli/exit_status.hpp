// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

namespace sluice::cli {

/// What every executable of ours ends with.
enum ExitStatus : int {
  exit_pass = 0,         ///< complete, nothing at or above the threshold
  exit_fail = 1,         ///< findings at or above the threshold
  exit_usage = 2,        ///< bad flag, bad configuration, unreadable input: nothing was judged
  exit_incomplete = 3,   ///< judged, but something could not be examined and policy does not accept that gap
  exit_unavailable = 4,  ///< an external service or data set that was asked for could not be reached
};

[[nodiscard]] constexpr ExitStatus
exit_status(ErrorKind kind)
{
  return kind == ErrorKind::unavailable ? exit_unavailable : exit_usage;
}

}  // namespace sluice::cli
