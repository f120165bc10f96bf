// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace sluice::promote {

inline constexpr std::chrono::sys_seconds end_of_time = std::chrono::sys_seconds::max();

/// What a window says of an instant, and for how long it surely says so: at `until`, which is later than the instant,
/// it has to be asked again.
struct WindowPhase
{
  bool covers = false;
  std::chrono::sys_seconds until = end_of_time;
};

}  // namespace sluice::promote
