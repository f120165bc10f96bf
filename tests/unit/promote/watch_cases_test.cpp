// SPDX-License-Identifier: Apache-2.0
//
// fixtures/verdicts/cases.json: what a watch must conclude, by kind.
//
//   counts   requests and errors of one interval, and of one before the change; minimum_requests
//   latency  one look each, in milliseconds, and looks before the change; minimum_samples
//   series   values of one measure, null for none, "+Inf" for infinite; the limit is `healthy_below`
//   probe    what the probe saw, and what the control address said at the same time; consecutive
#include "base/json.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "support/source_directory.hpp"
#include "watch_support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

struct Case
{
  Verify verify;
  std::vector<Sample> before, after;
  WatchProgress progress = WatchProgress::ended;
};

Sample
interval(const Json& counts, Health health)
{
  return counted_look(counts["errors"].natural().value(), counts["requests"].natural().value(), health);
}

Case
read_counts(const Json& given)
{
  Case read;
  read.before = {interval(given["baseline"], Health::healthy)};
  read.after = {interval(given["canary"], Health::no_data)};
  read.verify.minimum_requests = given["minimum_requests"].integer().value_or(0);
  return read;
}

std::vector<Sample>
timed_looks(const Json& latencies)
{
  std::vector<Sample> samples = looks(std::string(latencies.size(), 'g'));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].latency_ms = latencies[i].real();
  }
  return samples;
}

Case
read_latency(const Json& given)
{
  Case read;
  read.before = timed_looks(given["baseline"]);
  read.after = timed_looks(given["canary"]);
  read.verify.latency_ms = 0;
  read.verify.minimum_samples = given["minimum_samples"].integer().value_or(1);
  return read;
}

Case
read_series(const Json& given)
{
  Case read;
  read.after = looks(std::string(given["canary"].size(), 'n'), "rate");
  for (std::size_t i = 0; i < read.after.size(); ++i) {
    const Json& value = given["canary"][i];
    read.after[i].value =
        value.text() != nullptr ? std::optional(std::numeric_limits<double>::infinity()) : value.real();
  }
  read.verify.limits["rate"] = fmt::format("below {}", given["healthy_below"].real().value());
  return read;
}

Health
health_of(std::string_view seen, const std::string* control)
{
  if (seen == "refused") {
    return control != nullptr && *control == "ok" ? Health::unhealthy : Health::cannot_observe;
  }
  return seen == "ok" ? Health::healthy : seen == "degraded" ? Health::degraded : Health::unhealthy;
}

Case
read_probe(const Json& given)
{
  Case read;
  read.after = looks(std::string(given["canary"].size(), 'n'));
  for (std::size_t i = 0; i < read.after.size(); ++i) {
    read.after[i].health = health_of(*given["canary"][i].text(), given["control"][i].text());
  }
  return read;
}

Case
read(const Json& given)
{
  const std::string kind = *given["kind"].text();
  Case read = kind == "counts"    ? read_counts(given)
              : kind == "latency" ? read_latency(given)
              : kind == "series"  ? read_series(given)
                                  : read_probe(given);
  read.verify.consecutive = given["consecutive"].integer().value_or(read.verify.consecutive);
  return read;
}

WatchVerdict
verdict_of(const Case& given)
{
  const WatchRules rules = rules_of(given.verify);
  const Baseline baseline = baseline_of(given.before);
  return conclude(judged_all(given.after, rules, baseline), rules, baseline, WatchProgress::ended);
}

const Json&
cases()
{
  static const Json all =
      Json::parse(read_file(sluice::test::source_directory() / "fixtures/verdicts/cases.json").value()).value();
  return all;
}

}  // namespace

TEST_CASE("every case has the verdict that it names")
{
  REQUIRE(cases().size() >= 19);
  for (const Json& each : cases().items()) {
    CAPTURE(*each["id"].text());
    const WatchVerdict verdict = verdict_of(read(each));
    CAPTURE(verdict.why);
    CHECK(name_of(verdict.conclusion) == replace_all(*each["verdict"].text(), "_", "-"));
  }
}

TEST_CASE("percentiles are those of scipy")
{
  unsigned compared = 0;
  for (const Json& each : cases().items()) {
    if (const Json* percentiles = each.find("percentiles")) {
      CAPTURE(*each["id"].text());
      std::vector<double> all;
      for (const Json& latency : each["canary"].items()) {
        all.push_back(latency.real().value());
      }
      const Latencies latencies(all);
      CHECK(*latencies.percentile(0.50) == doctest::Approx((*percentiles)["p50"].real().value()).epsilon(1e-5));
      CHECK(*latencies.percentile(0.95) == doctest::Approx((*percentiles)["p95"].real().value()).epsilon(1e-5));
      CHECK(*latencies.percentile(0.99) == doctest::Approx((*percentiles)["p99"].real().value()).epsilon(1e-5));
      ++compared;
    }
  }
  CHECK(compared >= 4);
}
