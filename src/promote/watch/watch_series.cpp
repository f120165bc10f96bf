// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/watch_series.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

std::string
told(const Sample& sample)
{
  return sample.why.empty() ? std::string(name_of(sample.health)) : sample.why;
}

std::string
samples(std::size_t count)
{
  return counted(count, "sample", "samples");
}

/// The last sample of the first row of `needed` unhealthy ones; null if there is no such row.
const Sample*
end_of_row(const Series& series, std::size_t needed)
{
  std::size_t row = 0;
  for (const Sample* sample : series) {
    if (!saw(*sample)) {
      continue;
    }
    row = sample->health == Health::unhealthy ? row + 1 : 0;
    if (row >= needed) {
      return sample;
    }
  }
  return nullptr;
}

/// Never more than the watch takes.
std::size_t
needed_for(const Series& series, const WatchRules& rules, WatchProgress progress)
{
  const std::size_t planned = rules.count > 0 ? std::min(rules.consecutive, rules.count) : rules.consecutive;
  const std::size_t taken = progress == WatchProgress::going_on ? planned : std::min(planned, series.size());
  return std::max<std::size_t>(taken, 1);
}

Reason
unhealthy(const Sample& sample, std::size_t needed)
{
  return {Conclusion::unhealthy, needed == 1
                                     ? fmt::format("a sample was unhealthy: {}", told(sample))
                                     : fmt::format("{} in a row were unhealthy: {}", samples(needed), told(sample))};
}

Reason
unseen(const Series& series, WatchProgress progress)
{
  const std::string which = series.size() == 1 ? "the only sample" : fmt::format("none of {}", samples(series.size()));
  return {progress == WatchProgress::going_on ? Conclusion::no_data : Conclusion::cannot_observe,
          fmt::format("{} saw {}: {}", which, series.size() == 1 ? "nothing" : "anything", told(*series.back()))};
}

/// How many of the samples that saw something may be bad or degraded: one, for a single sample is noise, or a quarter.
std::size_t
most_departing(std::size_t seen)
{
  return std::max<std::size_t>(1, seen / 4);
}

/// What the end of the series leaves open; nothing if it is healthy.
std::optional<Reason>
open_end(std::span<const Sample* const> last)
{
  const Sample& end = *last.back();
  if (std::ranges::none_of(last, [](const Sample* sample) { return saw(*sample); })) {
    return Reason{Conclusion::cannot_observe,
                  fmt::format("the last {} saw nothing: {}", samples(last.size()), told(end))};
  }
  if (end.health != Health::healthy) {
    return Reason{Conclusion::inconclusive,
                  fmt::format("the last sample was {}", end.why.empty()
                                                            ? std::string(name_of(end.health))
                                                            : fmt::format("{}: {}", name_of(end.health), end.why))};
  }
  return std::nullopt;
}

/// What stays open because too many samples were not well, though no row of them was long enough; `seen` saw something.
std::optional<Reason>
open_for_departures(const Series& series, std::size_t seen)
{
  const auto healthy = static_cast<std::size_t>(std::ranges::count(series, Health::healthy, &Sample::health));
  const std::size_t departing = seen - healthy;
  const std::size_t most = most_departing(seen);
  if (departing <= most) {
    return std::nullopt;
  }
  return Reason{Conclusion::inconclusive,
                fmt::format("{} of {} were not healthy, and at most {} may be", departing, samples(seen), most)};
}

}  // namespace

std::map<SeriesName, Series>
series_in(std::span<const Sample> samples)
{
  std::map<SeriesName, Series> all;
  for (const Sample& sample : samples) {
    Series& series = all[series_of(sample)];
    if (!sample.is_repeated || series.empty()) {
      series.push_back(&sample);
    }
  }
  return all;
}

Reason
conclude_series(const Series& series, const WatchRules& rules, WatchProgress progress)
{
  const std::size_t needed = needed_for(series, rules, progress);
  if (const Sample* bad = end_of_row(series, needed); bad != nullptr) {
    return unhealthy(*bad, needed);
  }
  const auto seen =
      static_cast<std::size_t>(std::ranges::count_if(series, [](const Sample* sample) { return saw(*sample); }));
  if (seen == 0) {
    return unseen(series, progress);
  }
  const std::size_t last = std::min(needed, series.size());
  if (auto open = open_end(std::span(series).last(last))) {
    return *std::move(open);
  }
  if (auto open = open_for_departures(series, seen)) {
    return *std::move(open);
  }
  if (const std::size_t missing = series.size() - seen; missing * 2 >= series.size()) {
    return {Conclusion::inconclusive, fmt::format("{} of {} saw nothing", missing, samples(series.size()))};
  }
  if (seen < rules.minimum_samples) {
    return {Conclusion::inconclusive,
            fmt::format("{} saw something, and {} are wanted", samples(seen), rules.minimum_samples)};
  }
  return {};
}

}  // namespace sluice::promote
