// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace sluice::promote {

/// How long something took, for people, in its two largest units: "3 d 4 h", "12 min 5 s", "0.4 s". What is below zero,
/// as between two clocks, is "0 s".
[[nodiscard]] std::string shown_time(std::chrono::milliseconds time);

}  // namespace sluice::promote
