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

}  // namespace sluice::promote
