// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/watch_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

template<typename Number>
std::size_t
at_least(std::int64_t number, Number least)
{
  return static_cast<std::size_t>(std::max<std::int64_t>(number, least));
}

/// The numbers of one series before the change, as they come.
struct Collected
{
  std::vector<double> latency, requests;
  double errors = 0, total = 0;
  std::optional<double> logged;

  void
  add(const Sample& sample)
  {
    const auto errors_now = static_cast<double>(sample.errors.value_or(0));
    if (sample.latency_ms) {
      latency.push_back(*sample.latency_ms);
    }
    if (sample.requests) {
      requests.push_back(static_cast<double>(*sample.requests));
      total += requests.back();
      errors += errors_now;
    } else if (sample.errors) {
      logged = std::max(logged.value_or(0), errors_now);
    }
  }

  [[nodiscard]] Usual
  usual() &&
  {
    Usual usual{.latency = Latencies(std::move(latency)),
                .requests = Latencies(std::move(requests)).percentile(0.5),
                .error_share = {},
                .errors_logged = logged};
    if (total > 0) {
      usual.error_share = errors / total;
    }
    return usual;
  }
};

}  // namespace

WatchRules
rules_of(const Verify& verify)
{
  WatchRules rules{.consecutive = at_least(verify.consecutive, 1),
                   .count = at_least(verify.count, 0),
                   .error_rate = verify.error_rate,
                   .latency_ms = verify.latency_ms,
                   .slower = verify.slower,
                   .baseline_ms = verify.baseline_ms,
                   .minimum_requests = at_least(verify.minimum_requests, 0),
                   .minimum_samples = at_least(verify.minimum_samples, 1),
                   .limits = limits_of(verify)};
  const auto time = std::ranges::find(rules.limits, "response-time", &Limit::measure);
  if (time != rules.limits.end()) {
    rules.latency_ms = time->number;
  }
  return rules;
}

SeriesName
series_of(const Sample& sample)
{
  return {sample.probe, sample.measure};
}

std::string
shown_name(const SeriesName& name)
{
  if (name.measure.empty()) {
    return name.probe;
  }
  return name.probe.empty() ? name.measure : fmt::format("{} ({})", name.probe, name.measure);
}

const Usual*
Baseline::find(const Sample& sample) const
{
  const auto at = series.find(series_of(sample));
  return at == series.end() ? nullptr : &at->second;
}

Baseline
baseline_of(std::span<const Sample> samples)
{
  std::map<SeriesName, Collected> collected;
  for (const Sample& sample : samples) {
    if (saw(sample) && !(sample.is_repeated && collected.contains(series_of(sample)))) {
      collected[series_of(sample)].add(sample);
    }
  }
  Baseline baseline;
  for (auto& [name, numbers] : collected) {
    baseline.series.emplace(name, std::move(numbers).usual());
  }
  return baseline;
}

bool
saw(const Sample& sample)
{
  return sample.health != Health::no_data && sample.health != Health::cannot_observe;
}

}  // namespace sluice::promote
