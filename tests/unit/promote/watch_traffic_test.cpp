// SPDX-License-Identifier: Apache-2.0
#include "watch_support.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

struct Interval
{
  std::uint64_t errors, requests;
};

std::vector<Sample>
intervals(const std::vector<Interval>& all)
{
  std::vector<Sample> samples;
  for (const Interval& each : all) {
    samples.push_back(counted_look(each.errors, each.requests));
  }
  return samples;
}

Baseline
before(std::uint64_t requests)
{
  return baseline_of(std::vector{counted_look(0, requests, Health::healthy)});
}

WatchVerdict
watched(const std::vector<Interval>& all, std::uint64_t minimum, const Baseline& baseline = {})
{
  const WatchRules rules{.minimum_requests = minimum};
  return ended(judged_all(intervals(all), rules, baseline), rules, baseline);
}

}  // namespace

TEST_CASE("traffic that stops cannot be observed")
{
  const WatchVerdict verdict = watched({{0, 1000}, {0, 900}, {0, 3}}, 50, before(1000));
  CHECK(verdict.conclusion == Conclusion::cannot_observe);
  CHECK(verdict.why == "the last interval had 3 requests, and 50 are wanted");
  CHECK(watched({{0, 40}}, 50, before(200)).conclusion == Conclusion::cannot_observe);
  CHECK(watched({{0, 1000}, {0, 900}, {0, 50}}, 50).conclusion == Conclusion::healthy);
}

TEST_CASE("without a baseline nothing says that little is usual")
{
  CHECK(watched({{0, 3}}, 50).conclusion == Conclusion::cannot_observe);
  CHECK(watched({{0, 20}, {0, 20}, {0, 20}}, 50).conclusion == Conclusion::cannot_observe);
}

TEST_CASE("none at all cannot be observed")
{
  CHECK(watched({{0, 0}, {0, 0}, {0, 0}}, 50, before(0)).conclusion == Conclusion::cannot_observe);
  CHECK(watched({{0, 0}, {0, 0}, {0, 0}}, 0).conclusion == Conclusion::cannot_observe);
  CHECK(watched({{0, 1000}, {0, 0}, {0, 0}, {0, 0}}, 0).conclusion == Conclusion::cannot_observe);
}

TEST_CASE("none is not usual, though it was so before and the probe is content")
{
  const std::vector<Sample> content(3, counted_look(0, 0, Health::healthy));
  CHECK(ended(content, {.minimum_requests = 50}, before(0)).conclusion == Conclusion::cannot_observe);
}

TEST_CASE("where few requests are usual, all of the watch are judged together")
{
  const WatchVerdict few = watched({{0, 50}}, 300, before(50));
  CHECK(few.conclusion == Conclusion::inconclusive);
  CHECK(few.why == "there were 50 requests in all, and 300 are wanted");
  const std::vector<Interval> enough(6, {0, 50});
  CHECK(watched(enough, 300, before(50)).conclusion == Conclusion::healthy);
}

TEST_CASE("errors that no small interval could show are shown by all of them")
{
  const std::vector<Interval> sick(6, {1, 50});
  const WatchVerdict verdict = watched(sick, 300, before(50));
  CHECK(verdict.conclusion == Conclusion::unhealthy);
  CHECK(verdict.why == "6 of 300 requests failed in all, and 1 % may");
  CHECK(watched({{3, 60}}, 300, before(60)).conclusion == Conclusion::inconclusive);
}

TEST_CASE("a probe that has requests enough does not hide the errors of one that has few")
{
  const WatchRules rules{.minimum_requests = 300};
  std::vector<Sample> samples = intervals({{1, 50}, {1, 50}, {1, 50}, {1, 50}, {1, 50}, {1, 50}});
  samples.push_back(counted_look(0, 1000));
  samples.back().probe = "synthetic";
  const Baseline baseline = before(50);
  CHECK(ended(judged_all(samples, rules, baseline), rules, baseline).conclusion == Conclusion::unhealthy);
}

TEST_CASE("a tenth of what was little is a stop too")
{
  CHECK(watched({{0, 200}, {0, 20}}, 300, before(200)).conclusion == Conclusion::inconclusive);
  CHECK(watched({{0, 200}, {0, 19}}, 300, before(200)).conclusion == Conclusion::cannot_observe);
}

TEST_CASE("what was enough in the watch and is no more has stopped, whatever was before")
{
  CHECK(watched({{0, 400}, {0, 40}}, 300, before(50)).conclusion == Conclusion::cannot_observe);
}

TEST_CASE("too little traffic does not protect a dead service")
{
  CHECK(watched({{20, 20}}, 300, before(20)).conclusion == Conclusion::unhealthy);
  CHECK(watched({{3, 3}, {2, 2}, {4, 4}}, 300).conclusion == Conclusion::unhealthy);
}

TEST_CASE("a probe that makes the requests can be the minimum")
{
  const WatchRules rules{.minimum_requests = 50};
  std::vector<Sample> samples = intervals({{0, 900}, {0, 3}});
  CHECK(ended(judged_all(samples, rules), rules).conclusion == Conclusion::cannot_observe);
  for (Sample& sample : intervals({{0, 60}, {0, 60}})) {
    sample.probe = "synthetic";
    samples.push_back(sample);
  }
  CHECK(ended(judged_all(samples, rules), rules).conclusion == Conclusion::healthy);
  CHECK(ended(looks("ggg"), {.minimum_requests = 1}).conclusion == Conclusion::healthy);
}

TEST_CASE("a minimum that nothing counts is not met")
{
  const WatchVerdict verdict = ended(looks("ggg"), {.minimum_requests = 50});
  CHECK(verdict.conclusion == Conclusion::cannot_observe);
  CHECK(verdict.why == "the last interval had no more than the probe's own request, and 50 are wanted");
}

TEST_CASE("numbers that nobody can have do not wrap around")
{
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  CHECK(watched({{0, most}, {0, most}}, most).conclusion == Conclusion::healthy);
  CHECK(watched({{0, most - 1'000'000}, {most, most}, {most, most}, {most, most}}, most).conclusion
        == Conclusion::unhealthy);
}

TEST_CASE("requests of a sample that is repeated are counted once, in a watch and before it")
{
  std::vector<Sample> few = {counted_look(0, 20, Health::healthy), counted_look(0, 20, Health::healthy),
                             counted_look(0, 20, Health::healthy)};
  const WatchRules rules{.minimum_requests = 50};
  CHECK(ended(few, rules, baseline_of(few)).conclusion == Conclusion::healthy);
  few[1].is_repeated = few[2].is_repeated = true;
  CHECK(ended(few, rules, baseline_of(few)).conclusion == Conclusion::inconclusive);
  for (Sample& sample : few) {
    sample.latency_ms = 1;
  }
  CHECK(baseline_of(few).find(few[0])->latency.size() == 1);
}
