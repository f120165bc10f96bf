// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/latency.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace sluice::promote;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// Lognormal, as latencies are; the same for the same seed on every machine but for the last digits.
std::vector<double>
some_latencies(std::size_t count, double median, unsigned seed)
{
  std::mt19937 random(seed);
  std::vector<double> all;
  for (std::size_t i = 0; i < count; ++i) {
    const double uniform = (static_cast<double>(random()) + 1) / 4294967297.0;
    all.push_back(median * std::exp(0.3 * std::log(uniform / (1 - uniform))));
  }
  return all;
}

bool
is_slower(const std::vector<double>& before, const std::vector<double>& now, double by = 0.5)
{
  return slowdown(Latencies(before), Latencies(now), {by}).has_value();
}

std::vector<double>
times(std::vector<double> all, double factor)
{
  for (double& each : all) {
    each *= factor;
  }
  return all;
}

}  // namespace

TEST_CASE("a percentile lies between the two nearest looks")
{
  const Latencies four({40, 10, 30, 20});
  CHECK(four.percentile(0) == 10);
  CHECK(four.percentile(0.5) == 25);
  CHECK(four.percentile(0.95) == doctest::Approx(38.5));
  CHECK(four.percentile(1) == 40);
  CHECK(Latencies({7}).percentile(0.99) == 7);
  CHECK_FALSE(Latencies().percentile(0.5));
}

TEST_CASE("a share that is none is the nearest that is one")
{
  const Latencies three({1, 2, 3});
  CHECK(three.percentile(-1) == 1);
  CHECK(three.percentile(7) == 3);
}

TEST_CASE("what is no latency is left out")
{
  const Latencies some({std::nan(""), -1, 5, 3, std::nan("")});
  CHECK(some.size() == 2);
  CHECK(some.percentile(0.5) == 4);
}

TEST_CASE("an infinite latency is the slowest, and no percentile is NaN")
{
  const Latencies some({1, infinite, 3, infinite});
  for (double share = 0; share <= 1; share += 0.01) {
    const auto percentile = some.percentile(share);
    REQUIRE(percentile);
    CHECK_FALSE(std::isnan(*percentile));
  }
  CHECK(some.percentile(1) == infinite);
  CHECK(Latencies({infinite, infinite}).percentile(0.5) == infinite);
}

TEST_CASE("percentiles rise and stay within the looks")
{
  for (unsigned seed = 0; seed < 50; ++seed) {
    const std::vector<double> all = some_latencies(1 + seed, 100, seed);
    const Latencies latencies(all);
    double last = 0;
    for (double share = 0; share <= 1; share += 0.05) {
      const double percentile = *latencies.percentile(share);
      CHECK(percentile >= last);
      last = percentile;
    }
    CHECK(*latencies.percentile(0) == *std::min_element(all.begin(), all.end()));
    CHECK(*latencies.percentile(1) == *std::max_element(all.begin(), all.end()));
  }
}

TEST_CASE("half as slow again is allowed, more is not")
{
  const std::vector<double> before(20, 100);
  CHECK_FALSE(is_slower(before, std::vector<double>(20, 150)));
  CHECK(is_slower(before, std::vector<double>(20, 150.01)));
  CHECK_FALSE(is_slower(before, before));
  CHECK(is_slower(before, std::vector<double>(20, 101), 0));
  CHECK(is_slower(before, std::vector<double>(20, infinite)));
}

TEST_CASE("it says what became slower")
{
  const Latencies before(std::vector<double>(20, 100));
  CHECK(*slowdown(before, Latencies(std::vector<double>(20, 160)), {0.5}) == "the median is 160 ms, and was 100 ms");
  std::vector<double> tailed(20, 100);
  tailed[3] = tailed[11] = 900;
  CHECK(*slowdown(before, Latencies(tailed), {0.5}) == "the 95th percentile is 900 ms, and was 100 ms");
}

TEST_CASE("one slow look is no slow tail, of twenty looks either")
{
  for (std::size_t count = 20; count < 70; ++count) {
    std::vector<double> now(count, 100);
    now[count / 2] = 30'000;
    CHECK_FALSE(is_slower(std::vector<double>(20, 100), now));
  }
}

TEST_CASE("a tail is compared only where both have looks enough")
{
  std::vector<double> now(30, 100);
  for (std::size_t i = 0; i < 6; ++i) {
    now[i] = 900;
  }
  CHECK(is_slower(std::vector<double>(20, 100), now));
  CHECK_FALSE(is_slower(std::vector<double>(19, 100), now));
}

TEST_CASE("of few looks all must say so")
{
  CHECK_FALSE(is_slower({100, 110, 105}, {160, 170, 120}));
  CHECK_FALSE(is_slower({100, 110, 105}, {164, 170, 180}));
  CHECK(is_slower({100, 110, 105}, {166, 170, 180}));
  CHECK(is_slower({100}, {151}));
  CHECK_FALSE(is_slower({0.9, 1.1, 0.8}, {1.6, 1.5, 9}));
}

TEST_CASE("nothing is compared with nothing")
{
  CHECK_FALSE(is_slower({}, {100}));
  CHECK_FALSE(is_slower({100}, {}));
  CHECK_FALSE(is_slower({0, 0, 0}, {5, 5, 5}));
}

TEST_CASE("the unit does not matter")
{
  for (unsigned seed = 0; seed < 40; ++seed) {
    const std::size_t count = 3 + seed;
    const std::vector<double> before = some_latencies(count, 100, seed);
    const std::vector<double> now = some_latencies(count, 110 + 3.0 * seed, seed + 1000);
    const bool in_milliseconds = is_slower(before, now);
    for (const double factor : {1e-9, 1e-5, 0.001, 1000.0, 1e9}) {
      CHECK(is_slower(times(before, factor), times(now, factor)) == in_milliseconds);
    }
  }
}

TEST_CASE("what nobody notices is no slowdown, however short it took before, where that is said")
{
  const auto is = [](const std::vector<double>& before, const std::vector<double>& now) {
    return slowdown(Latencies(before), Latencies(now), {0.5, unnoticed_ms}).has_value();
  };
  CHECK_FALSE(is({1, 1, 1}, {2, 2, 2}));
  CHECK(is_slower({1, 1, 1}, {2, 2, 2}));
  CHECK_FALSE(is({1, 1, 1}, {6, 6, 6}));
  CHECK(is({1, 1, 1}, {6.5, 7, 8}));
  CHECK(is(std::vector<double>(20, 10), std::vector<double>(20, 16)));
  CHECK_FALSE(is(std::vector<double>(20, 10), std::vector<double>(20, 15)));
  std::vector<double> tailed(20, 3);
  tailed[3] = tailed[11] = 8;
  CHECK_FALSE(is(std::vector<double>(20, 3), tailed));
}

TEST_CASE("the order of looks does not matter, and what is slower stays it when every look gets slower")
{
  for (unsigned seed = 0; seed < 60; ++seed) {
    const std::vector<double> before = some_latencies(25, 100, seed);
    std::vector<double> now = some_latencies(25, 130 + seed, seed + 500);
    const bool is = is_slower(before, now);
    CHECK((!is || is_slower(before, times(now, 1.3))));
    std::shuffle(now.begin(), now.end(), std::mt19937(seed));
    CHECK(is_slower(before, now) == is);
  }
}
