// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/watch_sample.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace sluice::promote {

namespace {

/// What one number says; `why` is empty of what is healthy.
struct Judgement
{
  Health health = Health::healthy;
  std::string why;
};

constexpr std::size_t shown_components = 3;

void
drop_nan(std::optional<double>& number)
{
  if (number && std::isnan(*number)) {
    number.reset();
  }
}

Judgement
unhealthy(std::string why)
{
  return {Health::unhealthy, std::move(why)};
}

std::string
share_before(const Usual* usual)
{
  return usual != nullptr && usual->error_share ? fmt::format(", {} % before", shown_number(*usual->error_share * 100))
                                                : std::string();
}

std::optional<Judgement>
by_requests(const Sample& sample, const WatchRules& rules, const Usual* usual)
{
  const std::uint64_t requests = sample.requests.value_or(0);
  const std::uint64_t errors = sample.errors.value_or(0);
  if (!sample.requests || (requests == 0 && errors == 0)) {
    return std::nullopt;
  }
  const auto counted_as = static_cast<double>(std::max(requests, rules.minimum_requests));
  if (errors < requests && !exceeds(static_cast<double>(errors), rules.error_rate * counted_as)) {
    return Judgement{};
  }
  return unhealthy(fmt::format("{} of {} failed, and {} % may{}", with_thousands(errors),
                               counted(requests, "request", "requests"), shown_number(rules.error_rate * 100),
                               share_before(usual)));
}

std::optional<Judgement>
by_log(const Sample& sample, const Usual* usual)
{
  if (sample.requests || !sample.errors || usual == nullptr || !usual->errors_logged) {
    return std::nullopt;
  }
  if (!exceeds(static_cast<double>(*sample.errors), *usual->errors_logged)) {
    return Judgement{};
  }
  return unhealthy(fmt::format("{} since the sample before, and at most {} before the change",
                               counted(*sample.errors, "error", "errors"), shown_number(*usual->errors_logged)));
}

std::optional<Judgement>
by_value(const Sample& sample, const WatchRules& rules)
{
  const auto limit = std::ranges::find(rules.limits, measure_of(sample), &Limit::measure);
  if (!sample.value || limit == rules.limits.end()) {
    return std::nullopt;
  }
  if (keeps(*sample.value, *limit)) {
    return Judgement{};
  }
  return unhealthy(
      fmt::format("{} is {}, and {} is wanted", limit->measure, shown_number(*sample.value), wanted(*limit)));
}

bool
is_slow(std::optional<double> latency, const WatchRules& rules)
{
  return latency && rules.latency_ms > 0 && exceeds(*latency, rules.latency_ms);
}

std::optional<Judgement>
by_latency(const Sample& sample, const WatchRules& rules)
{
  if (!is_slow(sample.latency_ms, rules)) {
    return std::nullopt;
  }
  return unhealthy(fmt::format("it took {} ms, and at most {} ms are wanted", shown_number(*sample.latency_ms),
                               shown_number(rules.latency_ms)));
}

/// "database is unhealthy, storage is slow": by name, for the order in an answer means nothing.
std::string
components_told(std::vector<const Component*> bad)
{
  std::ranges::sort(bad, {}, [](const Component* each) { return std::pair(each->name, each->health); });
  std::vector<std::string> clauses;
  for (const Component* each : bad) {
    const std::string_view state = each->health == Health::healthy ? "slow" : name_of(each->health);
    clauses.push_back(fmt::format("{} is {}", each->name, state));
  }
  const std::size_t more = clauses.size() - std::min(clauses.size(), shown_components);
  clauses.resize(clauses.size() - more);
  return join(clauses, ", ") + (more > 0 ? fmt::format(" and {} more", more) : std::string());
}

std::optional<Judgement>
by_components(const Sample& sample, const WatchRules& rules)
{
  std::vector<const Component*> bad;
  std::size_t dead = 0;
  for (const Component& each : sample.components) {
    if (each.health != Health::healthy || is_slow(each.latency_ms, rules)) {
      bad.push_back(&each);
    }
    dead += each.health == Health::unhealthy ? 1U : 0U;
  }
  if (bad.empty()) {
    return std::nullopt;
  }
  const bool is_dead = dead == sample.components.size();
  return Judgement{is_dead ? Health::unhealthy : Health::degraded, components_told(std::move(bad))};
}

void
add(Sample& sample, const std::optional<Judgement>& judgement)
{
  if (!judgement) {
    return;
  }
  const bool had_said_nothing = sample.health == Health::no_data;
  if (had_said_nothing) {
    sample.why.clear();
  }
  sample.health = had_said_nothing ? judgement->health : std::max(sample.health, judgement->health);
  if (!judgement->why.empty() && sample.why.find(judgement->why) == std::string::npos) {
    sample.why += (sample.why.empty() ? "" : "; ") + judgement->why;
  }
}

}  // namespace

Sample
judged(Sample sample, const WatchRules& rules, const Baseline& baseline)
{
  drop_nan(sample.value);
  drop_nan(sample.latency_ms);
  const Usual* usual = baseline.find(sample);
  add(sample, by_requests(sample, rules, usual));
  add(sample, by_log(sample, usual));
  add(sample, by_value(sample, rules));
  add(sample, by_latency(sample, rules));
  add(sample, by_components(sample, rules));
  return sample;
}

}  // namespace sluice::promote
