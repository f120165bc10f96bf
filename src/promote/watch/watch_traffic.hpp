// SPDX-License-Identifier: Apache-2.0
//
// Whether there was traffic enough to judge by. Two things look alike, few requests without an error, and are not:
//
// - There used to be enough, and now there is not. Then users do not reach the release, or whoever counts them is cut
//   off: it cannot be observed.
// - There never was enough, for the service has few users. Then what was seen is as good as anything that will be seen,
//   only not yet enough: the watch is inconclusive until all its intervals together have enough requests, and they are
//   judged together then.
//
// Only what was before the change can tell that few is usual, because the change may be why they are few. Where it is
// not known, fewer than the minimum cannot be observed.
#pragma once

#include "promote/watch/watch_series.hpp"

namespace sluice::promote {

/// Of a watch that is over. A probe that tells no number of requests made one with each sample that saw something:
/// traffic enough for one series is enough for the watch, so a synthetic probe can be the minimum.
[[nodiscard]] Reason conclude_traffic(const std::map<SeriesName, Series>& all, const WatchRules& rules,
                                      const Baseline& baseline);

}  // namespace sluice::promote
