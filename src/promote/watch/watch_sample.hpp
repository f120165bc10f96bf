// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/watch/watch_rules.hpp"

namespace sluice::promote {

/// The sample with the health that its numbers give it, which is never better than what the probe said, but that a
/// number which keeps its limit makes a sample healthy that had said nothing yet. `why` gains a clause for each limit
/// that is broken. Judging a judged sample again changes nothing.
///
/// - Requests: more than `error_rate` of them failed, or all of them. An interval with fewer than `minimum_requests` is
///   judged as if the missing ones had succeeded: what is too little to show that a service is well can still show that
///   it is dead.
/// - Errors without requests (lines of a log): more than in any interval before the change.
/// - Latency: above `latency_ms`. Whether it grew is a question of many samples (watch.hpp).
/// - A value: not on the healthy side of the limit of its name.
/// - Components: one that is not well, or slow, makes it degraded; if all of them are unhealthy, so is the sample.
///
/// Numbers that are NaN are dropped.
[[nodiscard]] Sample judged(Sample sample, const WatchRules& rules, const Baseline& baseline);

}  // namespace sluice::promote
