// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/watch_traffic.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

/// Of what was usual: with less traffic than this share something has happened to it.
constexpr double collapsed = 0.1;

/// As double, for what a probe claims may be so large that a sum of it wraps around.
double
requests_of(const Sample& sample)
{
  return sample.requests ? static_cast<double>(*sample.requests) : (saw(sample) ? 1.0 : 0.0);
}

/// Whether the service always had this little.
bool
is_usual(const Series& series, const Usual* usual, double minimum)
{
  const double last = requests_of(*series.back());
  if (usual == nullptr || !usual->requests || last <= 0) {
    return false;
  }
  const bool was_enough_in_watch =
      std::ranges::any_of(series, [&](const Sample* sample) { return requests_of(*sample) >= minimum; });
  return *usual->requests < minimum && !was_enough_in_watch && last >= *usual->requests * collapsed;
}

Reason
judged_together(const Series& series, const WatchRules& rules, double minimum)
{
  double requests = 0;
  double errors = 0;
  for (const Sample* sample : series) {
    requests += requests_of(*sample);
    errors += static_cast<double>(sample->errors.value_or(0));
  }
  if (requests < minimum) {
    return {Conclusion::inconclusive, fmt::format("there were {} requests in all, and {} are wanted",
                                                  shown_number(requests), with_thousands(rules.minimum_requests))};
  }
  if (exceeds(errors, rules.error_rate * requests)) {
    return {Conclusion::unhealthy, fmt::format("{} of {} requests failed in all, and {} % may", shown_number(errors),
                                               shown_number(requests), shown_number(rules.error_rate * 100))};
  }
  return {};
}

Reason
conclude_one(const Series& series, const WatchRules& rules, const Usual* usual)
{
  const auto minimum = static_cast<double>(rules.minimum_requests);
  const Sample& last = *series.back();
  if (requests_of(last) >= minimum) {
    return {};
  }
  if (is_usual(series, usual, minimum)) {
    return judged_together(series, rules, minimum);
  }
  const std::string had = last.requests
                              ? counted(*last.requests, "request", "requests")
                              : std::string(saw(last) ? "no more than the probe's own request" : "no request");
  return {Conclusion::cannot_observe,
          fmt::format("the last interval had {}, and {} are wanted", had, with_thousands(rules.minimum_requests))};
}

}  // namespace

Reason
conclude_traffic(const std::map<SeriesName, Series>& all, const WatchRules& rules, const Baseline& baseline)
{
  if (rules.minimum_requests == 0 || all.empty()) {
    return {};
  }
  std::vector<Reason> reasons;
  for (const auto& [name, series] : all) {
    reasons.push_back(conclude_one(series, rules, baseline.find(*series.front())));
  }
  const auto bad = std::ranges::find(reasons, Conclusion::unhealthy, &Reason::conclusion);
  return bad != reasons.end() ? *bad : *std::ranges::min_element(reasons, {}, &Reason::conclusion);
}

}  // namespace sluice::promote
