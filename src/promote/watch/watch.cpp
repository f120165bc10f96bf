// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/watch.hpp"

#include "base/text.hpp"
#include "promote/watch/watch_series.hpp"
#include "promote/watch/watch_traffic.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::size_t shown_reasons = 3;
constexpr std::size_t longest_reason = 400;

/// The measured latency before the change has its own noise; a number that somebody wrote has none.
constexpr std::size_t least_to_compare = 3;

using AllSeries = std::map<SeriesName, Series>;

Latencies
latencies_of(const Series& series)
{
  std::vector<double> all;
  for (const Sample* sample : series) {
    if (sample->latency_ms && saw(*sample)) {
      all.push_back(*sample->latency_ms);
    }
  }
  return Latencies(std::move(all));
}

Reason
conclude_latency(const Series& series, const WatchRules& rules, const Baseline& baseline)
{
  const Usual* usual = baseline.find(*series.front());
  const bool is_given = rules.baseline_ms > 0;
  if (!is_given && usual == nullptr) {
    return {};
  }
  const Latencies before = is_given ? Latencies({rules.baseline_ms}) : usual->latency;
  const Latencies now = latencies_of(series);
  const std::size_t least = std::max(rules.minimum_samples, is_given ? 1 : least_to_compare);
  if (now.size() < least || (!is_given && before.size() < least_to_compare)) {
    return {};
  }
  const auto clause = slowdown(before, now, {rules.slower, is_given ? 0 : unnoticed_ms});
  return clause ? Reason{Conclusion::unhealthy,
                         fmt::format("latency grew by more than {} %: {}", shown_number(rules.slower * 100), *clause)}
                : Reason{};
}

bool
is_measured(const Limit& limit, std::span<const Sample> samples)
{
  return std::ranges::any_of(samples, [&](const Sample& sample) {
    return (sample.value && measure_of(sample) == limit.measure)
           || (limit.measure == "error-rate" && (sample.requests || (saw(sample) && sample.latency_ms)))
           || (limit.measure == "response-time" && sample.latency_ms);
  });
}

std::vector<Reason>
unmeasured(std::span<const Sample> samples, const WatchRules& rules)
{
  std::vector<Reason> reasons;
  for (const Limit& limit : rules.limits) {
    if (!is_measured(limit, samples)) {
      reasons.push_back({Conclusion::cannot_observe, fmt::format("nothing measured {}", limit.measure)});
    }
  }
  return reasons;
}

/// Whether the look could have been a bad one. A number that no limit is about is neither good nor bad.
bool
could_fail(const Sample& sample, const WatchRules& rules)
{
  return sample.health != Health::healthy || !sample.is_number_alone
         || std::ranges::find(rules.limits, measure_of(sample), &Limit::measure) != rules.limits.end();
}

/// Of a watch that saw something.
std::optional<Reason>
nothing_could_fail(std::span<const Sample> samples, const WatchRules& rules)
{
  std::vector<std::string> measured;
  for (const Sample& sample : samples) {
    if (saw(sample) && could_fail(sample, rules)) {
      return std::nullopt;
    }
    if (saw(sample) && std::ranges::find(measured, measure_of(sample)) == measured.end()) {
      measured.emplace_back(measure_of(sample));
    }
  }
  return measured.empty() ? std::nullopt
                          : std::optional(Reason{
                              Conclusion::cannot_observe,
                              fmt::format("nothing could have failed: no limit judges {}", join(measured, ", "))});
}

/// With the name of its series where there are several.
Reason
named(Reason reason, const SeriesName& name, const AllSeries& all)
{
  if (all.size() > 1 && !reason.why.empty()) {
    reason.why = fmt::format("{}: {}", shown_name(name), reason.why);
  }
  return reason;
}

std::vector<Reason>
reasons_of(std::span<const Sample> samples, const WatchRules& rules, const Baseline& baseline, WatchProgress progress)
{
  const AllSeries all = series_in(samples);
  std::vector<Reason> reasons;
  for (const auto& [name, series] : all) {
    reasons.push_back(named(conclude_series(series, rules, progress), name, all));
  }
  if (progress == WatchProgress::going_on) {
    return reasons;
  }
  for (const auto& [name, series] : all) {
    reasons.push_back(named(conclude_latency(series, rules, baseline), name, all));
  }
  reasons.push_back(conclude_traffic(all, rules, baseline));
  std::ranges::move(unmeasured(samples, rules), std::back_inserter(reasons));
  if (auto reason = nothing_could_fail(samples, rules)) {
    reasons.push_back(*std::move(reason));
  }
  return reasons;
}

/// The clauses behind the conclusion.
std::string
told(const std::vector<Reason>& reasons, Conclusion conclusion)
{
  std::vector<std::string> clauses;
  std::size_t more = 0;
  for (const Reason& reason : reasons) {
    if (reason.conclusion == conclusion && !reason.why.empty()) {
      clauses.size() < shown_reasons ? clauses.push_back(ellipsis(reason.why, longest_reason)) : void(++more);
    }
  }
  return join(clauses, "; ") + (more > 0 ? fmt::format("; and {} more", more) : std::string());
}

WatchVerdict
of_nothing(WatchProgress progress)
{
  if (progress == WatchProgress::going_on) {
    return {Conclusion::no_data, "no sample was taken yet", false};
  }
  return {Conclusion::cannot_observe, "no sample was taken, so nothing could have failed", true};
}

std::string
told_healthy(const AllSeries& all)
{
  std::size_t count = 0;
  std::size_t healthy = 0;
  for (const auto& [name, series] : all) {
    count += series.size();
    healthy += static_cast<std::size_t>(std::ranges::count(series, Health::healthy, &Sample::health));
  }
  return fmt::format("{} of {} {} healthy{}", healthy, counted(count, "sample", "samples"), count == 1 ? "is" : "are",
                     healthy < count ? ", the last ones too" : "");
}

}  // namespace

WatchVerdict
conclude(std::span<const Sample> samples, const WatchRules& rules, const Baseline& baseline, WatchProgress progress)
{
  if (samples.empty()) {
    return of_nothing(progress);
  }
  const std::vector<Reason> reasons = reasons_of(samples, rules, baseline, progress);
  const Conclusion worst = std::ranges::max(reasons, {}, &Reason::conclusion).conclusion;
  const bool is_over = progress != WatchProgress::going_on || worst == Conclusion::unhealthy;
  return {worst, worst == Conclusion::healthy ? told_healthy(series_in(samples)) : told(reasons, worst), is_over};
}

}  // namespace sluice::promote
