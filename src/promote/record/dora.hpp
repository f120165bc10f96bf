// SPDX-License-Identifier: Apache-2.0
//
// How often, how quickly and how well an environment is changed: the four numbers of DORA (dora.dev, "DORA's software
// delivery metrics"), from the ledger alone but for the times of commits.
//
// - A deployment is a promotion that began to deploy, or was confirmed, and has ended within the span. What a gate
//   refused or a migration stopped never reached the environment and does not count.
// - Deployment frequency: deployments per day of the span.
// - Lead time for changes: from the time of a commit (the committer's, which a rebase renews) to the confirmation that
//   brought it, over every commit that the environment did not have before; of a first release of its own commit alone.
// - Change failure rate: deployments that failed, were rolled back, or were taken back later by a rollback that
// somebody
//   asked for, of all.
// - Time to restore: from when the failed release began to come in (of one that was taken back later: from when the
//   rollback was begun) until the next release was found healthy: that of its own rollback, or the next that ended
//   well. What has not been restored yet is counted and has no time.
//
// The middle one of all is told, for one weekend would ruin a mean, and the longest, which a median hides.
#pragma once

#include "promote/ledger/state.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

/// Times of the commits that `commit` has and `previous` (which may be empty) has not, its own among them; nothing if
/// they are not all here.
using CommitTimes = std::function<std::optional<std::vector<std::chrono::sys_seconds>>(const std::string& commit,
                                                                                       const std::string& previous)>;

struct Spread
{
  std::size_t count = 0;
  std::chrono::seconds median{}, longest{};
};

[[nodiscard]] Spread spread_of(std::vector<std::chrono::seconds> times);

struct Dora
{
  std::chrono::days span{};
  std::size_t deployments = 0;
  std::size_t failures = 0;
  Spread lead;                   ///< one for each commit
  std::size_t lead_unknown = 0;  ///< confirmed deployments whose commits are not all here
  Spread restore;                ///< one for each failure that was restored
  std::size_t unrestored = 0;

  [[nodiscard]] double
  per_day() const
  {
    return static_cast<double>(deployments) / static_cast<double>(span.count());
  }
  /// Nothing without deployments.
  [[nodiscard]] std::optional<double>
  failure_rate() const
  {
    return deployments == 0 ? std::nullopt
                            : std::optional(static_cast<double>(failures) / static_cast<double>(deployments));
  }
};

/// Of what ended after `now` less `span`, and not after `now`. `span` is from one day.
[[nodiscard]] Dora dora_of(const EnvironmentState& state, std::chrono::sys_seconds now, std::chrono::days span,
                           const CommitTimes& commit_times);

}  // namespace sluice::promote
