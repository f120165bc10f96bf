// SPDX-License-Identifier: Apache-2.0
//
// Whether a release is healthy, from the samples of its watch. Three things are never mixed up: that it is bad, that
// nobody could see it, and that what was seen is not enough to say. Only the first is a reason to roll back, and none
// of the others is a reason to go on.
//
// Each series is judged for itself, and the worst conclusion counts, unhealthy first:
//
// - unhealthy: `consecutive` samples in a row are, at any time of the watch. Never more are needed than are taken. A
//   sample that saw nothing neither ends nor lengthens a row; one that is degraded ends it.
// - cannot observe: no sample saw anything, or the last `consecutive` did not.
// - inconclusive: the last sample is not healthy, half of them or more saw nothing, fewer than `minimum_samples` saw
//   something, or of those that did more than a quarter, and more than one, are bad or degraded.
// - healthy: the last sample is, and what was not before is no row and little: a single bad sample is noise, whether it
//   came early or late, and a release that is bad now and then all the time is no healthy one.
//
// What only the whole watch can tell is asked when it is over: whether latency grew over the baseline (latency.hpp),
// whether there was traffic enough (watch_traffic.hpp), and whether every limit was measured by something. A watch in
// which nothing could have failed is cannot observe: one without a sample, or with nothing but numbers that no limit is
// about. What of that can be told before is told before (foresight.hpp).
//
// Comparisons of distributions are no part of this: it knows thresholds, and says `inconclusive` where they do not
// suffice.
#pragma once

#include "base/enum_names.hpp"
#include "promote/watch/watch_rules.hpp"

#include <span>
#include <string>

namespace sluice::promote {

/// Ordered by what counts when several are put together.
enum class Conclusion {
  healthy,
  inconclusive,    ///< look on, or ask a person
  no_data,         ///< nothing was seen yet; only of a watch that goes on
  cannot_observe,  ///< neither advance nor roll back
  unhealthy,       ///< roll back
};

enum class WatchProgress {
  going_on,
  ended,  ///< the count is reached, or the time is over
};

struct WatchVerdict
{
  Conclusion conclusion = Conclusion::no_data;
  std::string why;       ///< a clause for people; of a healthy watch too
  bool is_over = false;  ///< the conclusion is the last word, and a watch that goes on need not
};

/// `samples` in the order of time, as `judged` (watch_sample.hpp) left them. Looks at every sample anew: a watch is
/// concluded from what the record has, whoever took it.
[[nodiscard]] WatchVerdict conclude(std::span<const Sample> samples, const WatchRules& rules, const Baseline& baseline,
                                    WatchProgress progress);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::Conclusion>
{
  static constexpr std::array<std::string_view, 5> names{"healthy", "inconclusive", "no-data", "cannot-observe",
                                                         "unhealthy"};
};

}  // namespace sluice
