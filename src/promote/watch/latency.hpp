// SPDX-License-Identifier: Apache-2.0
//
// Whether a release became slower. The mean says nothing, for one look of half a minute ruins it: medians are compared,
// and where there are enough looks the 95th percentile too. Ratios count, in whatever unit; but where what was before
// is measured, those of very short times are noise: 2 ms instead of 1 ms is what a busy machine does, and nobody's
// harm.
//
// Of few looks the median jumps about. Then the quickest one stands for what is new and the slowest for what was, which
// calls a release slower only when every look says so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

/// By so much a measured latency may grow whatever the ratio: more than the noise of a timer and a scheduler.
inline constexpr double unnoticed_ms = 5;

/// Latencies of looks, in milliseconds. What is negative or not a number is left out.
class Latencies
{
public:
  /// From here on the median is taken for what is usual, and the 95th percentile is compared.
  static constexpr std::size_t enough = 20;

  Latencies() = default;
  explicit Latencies(std::vector<double> all);

  [[nodiscard]] std::size_t
  size() const
  {
    return sorted_.size();
  }
  [[nodiscard]] bool
  has_enough() const
  {
    return size() >= enough;
  }

  /// The percentile `share` (0 to 1) with linear interpolation between the two nearest looks, as numpy and Excel have
  /// it: of n looks, the one at `share * (n - 1)`. Nothing without looks.
  [[nodiscard]] std::optional<double> percentile(double share) const;

  /// How many are above.
  [[nodiscard]] std::size_t above(double latency) const;

private:
  std::vector<double> sorted_;
};

/// What is allowed: a share more, or so much more whatever the share.
struct Slack
{
  double share = 0.5;
  double unnoticed = 0;  ///< in the unit of the latencies
};

/// A clause about what became slower by more than that ("the median is 236.9 ms, and was 120.2 ms"), or nothing.
/// Nothing too if one of them has no looks.
[[nodiscard]] std::optional<std::string> slowdown(const Latencies& before, const Latencies& now, const Slack& slack);

}  // namespace sluice::promote
