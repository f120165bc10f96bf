// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_synthetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sluice::promote {

namespace {

/// Of sorted values, of which there must be one.
double
percentile(const std::vector<double>& sorted, double percent)
{
  const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

std::vector<double>
latencies_of(std::span<const Reply> replies)
{
  std::vector<double> latencies;
  for (const Reply& reply : replies) {
    if (!reply.loss && reply.latency_ms) {
      latencies.push_back(*reply.latency_ms);
    }
  }
  std::sort(latencies.begin(), latencies.end());
  return latencies;
}

const Sample&
worst_of(std::span<const Sample> samples)
{
  return *std::max_element(samples.begin(), samples.end(),
                           [](const Sample& a, const Sample& b) { return a.health < b.health; });
}

}  // namespace

Sample
of_many(std::span<const Sample> samples, std::span<const Reply> replies)
{
  Sample sample = worst_of(samples);
  const std::vector<double> latencies = latencies_of(replies);
  if (latencies.empty()) {
    return sample;
  }
  std::size_t errors = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool is_lost = replies[i].loss && samples[i].health != Health::no_data;
    errors += is_lost || samples[i].health == Health::unhealthy ? 1 : 0;
  }
  sample.requests = samples.size();
  sample.errors = errors;
  sample.latency_ms = percentile(latencies, 50);
  sample.p95_ms = percentile(latencies, 95);
  sample.p99_ms = percentile(latencies, 99);
  if (errors > 0 && errors < samples.size()) {
    sample.health = Health::degraded;
    sample.why = fmt::format("{} of {} requests failed: {}", errors, samples.size(), sample.why);
  } else if (errors > 0) {
    sample.health = Health::unhealthy;
  }
  return sample;
}

}  // namespace sluice::promote
