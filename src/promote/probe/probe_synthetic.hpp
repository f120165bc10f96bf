// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/probe.hpp"

#include <span>

namespace sluice::promote {

/// One sample of several requests, as `replies` has them: their number, how many failed, and latencies of those that
/// were answered, each the smallest that so many per cent do not exceed. Once one was answered the observer is not cut
/// off, so that every other is an error. Degraded where some failed, unhealthy where all did; a version that was not
/// promoted counts whoever answered it.
[[nodiscard]] Sample of_many(std::span<const Sample> samples, std::span<const Reply> replies);

}  // namespace sluice::promote
