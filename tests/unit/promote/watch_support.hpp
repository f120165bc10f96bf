// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/watch/watch.hpp"
#include "promote/watch/watch_sample.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote::test {

/// One sample a letter, as a probe would have left it: g healthy, d degraded, n no data, c cannot observe, b unhealthy.
[[nodiscard]] inline std::vector<Sample>
looks(std::string_view letters, std::string probe = "web")
{
  constexpr std::string_view order = "gdncb";
  std::vector<Sample> all;
  for (const char letter : letters) {
    Sample sample;
    sample.at = std::chrono::sys_seconds(std::chrono::seconds(all.size() * 15));
    sample.probe = probe;
    sample.health = static_cast<Health>(order.find(letter));
    sample.why = sample.health == Health::healthy ? "" : sample.health == Health::unhealthy ? "503 from /health" : "?";
    all.push_back(sample);
  }
  return all;
}

[[nodiscard]] inline WatchVerdict
ended(const std::vector<Sample>& samples, const WatchRules& rules = {}, const Baseline& baseline = {})
{
  return conclude(samples, rules, baseline, WatchProgress::ended);
}

[[nodiscard]] inline WatchVerdict
going_on(const std::vector<Sample>& samples, const WatchRules& rules = {})
{
  return conclude(samples, rules, {}, WatchProgress::going_on);
}

[[nodiscard]] inline std::vector<Sample>
operator+(std::vector<Sample> all, const std::vector<Sample>& more)
{
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

[[nodiscard]] inline Sample
counted_look(std::uint64_t errors, std::uint64_t requests, Health health = Health::no_data)
{
  Sample sample;
  sample.probe = "traffic";
  sample.health = health;
  sample.requests = requests;
  sample.errors = errors;
  return sample;
}

/// Every sample as its numbers leave it.
[[nodiscard]] inline std::vector<Sample>
judged_all(std::vector<Sample> samples, const WatchRules& rules, const Baseline& baseline = {})
{
  for (Sample& sample : samples) {
    sample = judged(std::move(sample), rules, baseline);
  }
  return samples;
}

}  // namespace sluice::promote::test
