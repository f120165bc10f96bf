// SPDX-License-Identifier: Apache-2.0
#include "watch_support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

Sample
judge(Sample sample, const WatchRules& rules = {}, const Baseline& baseline = {})
{
  return judged(std::move(sample), rules, baseline);
}

Sample
valued(double value, std::string probe = "disk")
{
  Sample sample;
  sample.probe = std::move(probe);
  sample.value = value;
  return sample;
}

Sample
with_components(std::vector<Component> components)
{
  Sample sample = looks("g").front();
  sample.components = std::move(components);
  return sample;
}

const WatchRules disk = rules_of(Verify{.presets = {"disk"}});

}  // namespace

TEST_CASE("errors make a sample unhealthy that its probe calls healthy")
{
  const Sample sample = judge(counted_look(30, 1000, Health::healthy));
  CHECK(sample.health == Health::unhealthy);
  CHECK(sample.why == "30 of 1,000 requests failed, and 1 % may");
}

TEST_CASE("exactly one per cent is not more than one per cent")
{
  CHECK(judge(counted_look(10, 1000)).health == Health::healthy);
  CHECK(judge(counted_look(11, 1000)).health == Health::unhealthy);
  CHECK(judge(counted_look(29, 100), {.error_rate = 0.29}).health == Health::healthy);
  CHECK(judge(counted_look(1, 1'000'000), {.error_rate = 0}).health == Health::unhealthy);
}

TEST_CASE("the share before the change is told")
{
  const Baseline before = baseline_of(std::vector{counted_look(2, 1000, Health::healthy)});
  CHECK(judge(counted_look(30, 1000), {}, before).why == "30 of 1,000 requests failed, and 1 % may, 0.2 % before");
}

TEST_CASE("a small interval is judged as if the missing requests had succeeded, unless all failed")
{
  const WatchRules rules{.minimum_requests = 300};
  CHECK(judge(counted_look(3, 60), rules).health == Health::healthy);
  CHECK(judge(counted_look(4, 60), rules).health == Health::unhealthy);
  CHECK(judge(counted_look(20, 20), rules).health == Health::unhealthy);
  CHECK(judge(counted_look(2, 2), rules).health == Health::unhealthy);
  CHECK(judge(counted_look(1, 2), rules).health == Health::healthy);
}

TEST_CASE("no request is no value, and errors without a request are infinitely many")
{
  CHECK(judge(counted_look(0, 0)).health == Health::no_data);
  CHECK(judge(counted_look(0, 0, Health::healthy)).health == Health::healthy);
  CHECK(judge(counted_look(5, 0)).health == Health::unhealthy);
  CHECK(judge(counted_look(5, 3)).health == Health::unhealthy);
}

TEST_CASE("more errors in a log than ever before the change are unhealthy")
{
  const auto log = [](std::uint64_t errors) {
    Sample sample = looks("g", "log").front();
    sample.errors = errors;
    return sample;
  };
  const Baseline before = baseline_of(std::vector{log(0), log(4), log(2)});
  CHECK(judge(log(4), {}, before).health == Health::healthy);
  CHECK(judge(log(5), {}, before).health == Health::unhealthy);
  CHECK(judge(log(5), {}, before).why == "5 errors since the sample before, and at most 4 before the change");
  CHECK(judge(log(5)).health == Health::healthy);
}

TEST_CASE("a value is judged by the limit of its name")
{
  CHECK(judge(valued(80), disk).health == Health::healthy);
  CHECK(judge(valued(81), disk).health == Health::unhealthy);
  CHECK(judge(valued(81), disk).why == "disk is 81, and at most 80 % is wanted");
  CHECK(judge(valued(81, "other"), disk).health == Health::no_data);
  Sample named = valued(81, "database");
  named.measure = "disk";
  CHECK(judge(named, disk).health == Health::unhealthy);
  named.probe = "disk";
  named.measure = "inodes";
  CHECK(judge(named, disk).health == Health::no_data);
}

TEST_CASE("infinite breaks every limit, and NaN is no value")
{
  CHECK(judge(valued(std::numeric_limits<double>::infinity()), disk).health == Health::unhealthy);
  CHECK(judge(valued(std::numeric_limits<double>::infinity()), disk).why
        == "disk is infinite, and at most 80 % is wanted");
  const Sample nan = judge(valued(std::nan("")), disk);
  CHECK(nan.health == Health::no_data);
  CHECK_FALSE(nan.value);
}

TEST_CASE("a value without a limit makes nothing healthy")
{
  CHECK(judge(valued(1, "queue")).health == Health::no_data);
}

TEST_CASE("a latency within its limit makes nothing healthy, and one above it everything unhealthy")
{
  Sample sample = looks("n").front();
  sample.latency_ms = 3000;
  CHECK(judge(sample).health == Health::no_data);
  sample.health = Health::healthy;
  CHECK(judge(sample).health == Health::healthy);
  sample.latency_ms = 3001;
  CHECK(judge(sample).health == Health::unhealthy);
  CHECK(judge(sample, {.latency_ms = 0}).health == Health::healthy);
  sample.latency_ms = std::numeric_limits<double>::infinity();
  CHECK(judge(sample).health == Health::unhealthy);
}

TEST_CASE("good numbers do not mend what the probe calls bad")
{
  for (const char letter : {'d', 'c', 'b'}) {
    Sample sample = looks(std::string(1, letter), "disk").front();
    sample.value = 1;
    CHECK(judge(sample, disk).health == sample.health);
    CHECK(judge(sample, disk).why == sample.why);
  }
}

TEST_CASE("what a probe said nothing of is healthy by a good number, without the probe's excuse")
{
  Sample sample = valued(1);
  sample.why = "no health in the answer";
  CHECK(judge(sample, disk).health == Health::healthy);
  CHECK(judge(sample, disk).why.empty());
}

TEST_CASE("one component that is not well makes a service degraded, all of them dead make it unhealthy")
{
  const Component good{"auth", Health::healthy, 3};
  const Component bad{"database", Health::unhealthy, {}};
  CHECK(judge(with_components({good})).health == Health::healthy);
  CHECK(judge(with_components({good, bad})).health == Health::degraded);
  CHECK(judge(with_components({good, bad})).why == "database is unhealthy");
  CHECK(judge(with_components({bad, bad})).health == Health::unhealthy);
  CHECK(judge(with_components({good, {"storage", Health::no_data, {}}})).health == Health::degraded);
}

TEST_CASE("a component that is slow makes a service degraded")
{
  const Sample sample = judge(with_components({{"database", Health::healthy, 5000}, {"auth", Health::healthy, 5}}));
  CHECK(sample.health == Health::degraded);
  CHECK(sample.why == "database is slow");
}

TEST_CASE("of many components a few are told")
{
  std::vector<Component> many;
  for (int i = 0; i < 1000; ++i) {
    many.push_back({std::to_string(i), Health::unhealthy, {}});
  }
  CHECK(judge(with_components(many)).why == "0 is unhealthy, 1 is unhealthy, 10 is unhealthy and 997 more");
}

TEST_CASE("all that is wrong is said, and once")
{
  Sample sample = counted_look(30, 100, Health::healthy);
  sample.latency_ms = 4000;
  const Sample once = judge(sample);
  CHECK(once.why == "30 of 100 requests failed, and 1 % may; it took 4000 ms, and at most 3000 ms are wanted");
  CHECK(judge(once).why == once.why);
}
