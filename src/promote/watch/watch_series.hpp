// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/watch/watch.hpp"

#include <map>
#include <vector>

namespace sluice::promote {

/// Samples of one probe and measure in the order of time; never empty. One that repeats another is left out: it is no
/// evidence more, makes no row longer, and its requests were counted.
using Series = std::vector<const Sample*>;

[[nodiscard]] std::map<SeriesName, Series> series_in(std::span<const Sample> samples);

/// What counts of several: a conclusion and why.
struct Reason
{
  Conclusion conclusion = Conclusion::healthy;
  std::string why;  ///< empty of what is healthy
};

/// What the health of the samples says. While the watch goes on, `unhealthy` is said only of a row that is long enough
/// whatever comes.
[[nodiscard]] Reason conclude_series(const Series& series, const WatchRules& rules, WatchProgress progress);

}  // namespace sluice::promote
