// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/watch/latency.hpp"
#include "promote/watch/limits.hpp"
#include "promote/watch/sample.hpp"
#include "promote/watch/verify_setting.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sluice::promote {

/// What a release is judged by.
struct WatchRules
{
  std::size_t consecutive = 3;         ///< bad samples of one series in a row that make a release unhealthy; from 1
  std::size_t count = 0;               ///< samples of each series that the watch wants; 0: it ends by time
  double error_rate = 0.01;            ///< share of requests that may fail
  double latency_ms = 3000;            ///< of one sample; 0: any
  double slower = 0.5;                 ///< share by which latency may grow
  double baseline_ms = 0;              ///< latency before the change; 0: what was measured
  std::uint64_t minimum_requests = 0;  ///< in the last interval
  std::size_t minimum_samples = 1;     ///< of each series, that saw something
  std::vector<Limit> limits;           ///< of values; each must be measured by something
};

[[nodiscard]] WatchRules rules_of(const Verify& verify);

/// Samples that belong together are those of one probe and one measure: each such series is judged for itself.
struct SeriesName
{
  std::string probe, measure;

  friend auto operator<=>(const SeriesName&, const SeriesName&) = default;
  friend bool operator==(const SeriesName&, const SeriesName&) = default;
};

[[nodiscard]] SeriesName series_of(const Sample& sample);

/// "web", "database (replication-lag)".
[[nodiscard]] std::string shown_name(const SeriesName& name);

/// What a series was before the change.
struct Usual
{
  Latencies latency;
  std::optional<double> requests;       ///< in one interval, as long as those of the watch: the median
  std::optional<double> error_share;    ///< of all requests
  std::optional<double> errors_logged;  ///< the most in one interval, where requests are not counted
};

/// What was measured before the deployment.
struct Baseline
{
  std::map<SeriesName, Usual> series;

  /// Null if nothing was measured.
  [[nodiscard]] const Usual* find(const Sample& sample) const;
};

/// Of samples that were taken before the deployment, by the same probes and at the same interval. What saw nothing
/// tells nothing, so samples of which only numbers are known are judged before (watch_sample.hpp, without a baseline).
/// Latency is compared with three looks or more, for one may have been slow or quick by chance.
[[nodiscard]] Baseline baseline_of(std::span<const Sample> samples);

/// Whether the look saw the service, well or not.
[[nodiscard]] bool saw(const Sample& sample);

}  // namespace sluice::promote
