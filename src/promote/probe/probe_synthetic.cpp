// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_synthetic.hpp"

#include "promote/watch/latency.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

Latencies
latencies_of(std::span<const Reply> replies)
{
  std::vector<double> latencies;
  for (const Reply& reply : replies) {
    if (!reply.loss && reply.latency_ms) {
      latencies.push_back(*reply.latency_ms);
    }
  }
  return Latencies(std::move(latencies));
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
  const Latencies latencies = latencies_of(replies);
  if (latencies.size() == 0) {
    return sample;
  }
  std::size_t errors = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool is_lost = replies[i].loss && samples[i].health != Health::no_data;
    errors += is_lost || samples[i].health == Health::unhealthy ? 1 : 0;
  }
  sample.requests = samples.size();
  sample.errors = errors;
  sample.latency_ms = latencies.percentile(0.5);
  sample.p95_ms = latencies.percentile(0.95);
  sample.p99_ms = latencies.percentile(0.99);
  if (errors > 0 && errors < samples.size()) {
    sample.health = Health::degraded;
    sample.why = fmt::format("{} of {} requests failed: {}", errors, samples.size(), sample.why);
  } else if (errors > 0) {
    sample.health = Health::unhealthy;
  }
  return sample;
}

}  // namespace sluice::promote
