// SPDX-License-Identifier: Apache-2.0
//
// What holds of every watch. Watches are made up by the same generator every time.
#include "watch_support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

constexpr unsigned rounds = 3000;

class Chance
{
public:
  explicit Chance(unsigned seed)
      : random_(seed)
  {}

  /// From 0 to below `end`.
  std::size_t
  below(std::size_t end)
  {
    return random_() % end;
  }

  WatchRules
  rules()
  {
    return {.consecutive = 1 + below(4),
            .count = below(3) == 0 ? 1 + below(5) : 0,
            .minimum_requests = below(2) * 20,
            .minimum_samples = 1 + below(4),
            .limits = {}};
  }

  std::string
  letters(std::string_view set)
  {
    std::string all(below(12), ' ');
    std::ranges::generate(all, [&] { return set[below(set.size())]; });
    return all;
  }

  Sample
  sample()
  {
    Sample sample = looks(std::string(1, "gdncb"[below(5)]), below(2) == 0 ? "a" : "b").front();
    if (below(2) == 0) {
      sample.requests = below(100);
      sample.errors = below(4);
    }
    if (below(2) == 0) {
      sample.latency_ms = static_cast<double>(below(4000));
    }
    for (std::size_t i = below(4); i > 0; --i) {
      sample.components.push_back({std::string(1, static_cast<char>('p' + below(5))), static_cast<Health>(below(5)),
                                   static_cast<double>(below(4000))});
    }
    return sample;
  }

  std::vector<Sample>
  samples()
  {
    std::vector<Sample> all(below(15));
    std::ranges::generate(all, [&] { return sample(); });
    return all;
  }

  WatchProgress
  progress()
  {
    return static_cast<WatchProgress>(below(2));
  }

  std::mt19937&
  source()
  {
    return random_;
  }

private:
  std::mt19937 random_;
};

Baseline
some_baseline(Chance& chance)
{
  return chance.below(2) == 0 ? Baseline() : baseline_of(chance.samples());
}

}  // namespace

TEST_CASE("what was unhealthy while the watch went on stays it, whatever comes")
{
  Chance chance(1);
  unsigned met = 0;
  for (unsigned i = 0; i < rounds; ++i) {
    const WatchRules rules = chance.rules();
    std::vector<Sample> samples = chance.samples();
    if (!going_on(samples, rules).is_over) {
      continue;
    }
    ++met;
    const std::vector<Sample> longer = samples + looks("g", "a") + chance.samples() + looks("ggggg", "b");
    const WatchVerdict verdict = conclude(longer, rules, some_baseline(chance), chance.progress());
    CHECK(verdict.conclusion == Conclusion::unhealthy);
    CHECK(verdict.is_over);
  }
  CHECK(met > rounds / 20);
}

TEST_CASE("a watch that goes on is over only when it is unhealthy, and one that does not always")
{
  Chance chance(2);
  for (unsigned i = 0; i < rounds; ++i) {
    const std::vector<Sample> samples = chance.samples();
    const WatchProgress progress = chance.progress();
    const WatchVerdict verdict = conclude(samples, chance.rules(), some_baseline(chance), progress);
    CHECK(verdict.is_over == (progress != WatchProgress::going_on || verdict.conclusion == Conclusion::unhealthy));
    CHECK_FALSE(verdict.why.empty());
    CHECK((verdict.conclusion != Conclusion::no_data || progress == WatchProgress::going_on));
  }
}

TEST_CASE("a healthy watch ended with healthy samples of every probe")
{
  Chance chance(3);
  unsigned met = 0;
  for (unsigned i = 0; i < rounds; ++i) {
    const std::string letters = chance.letters("gggggdncb");
    if (ended(looks(letters), chance.rules()).conclusion == Conclusion::healthy) {
      ++met;
      CHECK(letters.back() == 'g');
      const auto departing = std::ranges::count_if(letters, [](char c) { return c == 'b' || c == 'd'; });
      CHECK((departing <= 1 || departing * 3 <= std::ranges::count(letters, 'g')));
      CHECK(2 * std::ranges::count_if(letters, [](char c) { return c == 'n' || c == 'c'; }) < std::ssize(letters));
    }
  }
  CHECK(met > rounds / 20);
}

TEST_CASE("errors of the watcher never add up to healthy or to unhealthy")
{
  Chance chance(4);
  for (unsigned i = 0; i < rounds; ++i) {
    CHECK(ended(looks(chance.letters("nc")), chance.rules()).conclusion == Conclusion::cannot_observe);
  }
}

TEST_CASE("nothing but bad samples makes a watch unhealthy by its samples")
{
  Chance chance(5);
  for (unsigned i = 0; i < rounds; ++i) {
    CHECK(ended(looks(chance.letters("gdnc")), chance.rules()).conclusion != Conclusion::unhealthy);
    const std::string bad = "b" + chance.letters("b");
    CHECK(ended(looks(bad), chance.rules()).conclusion == Conclusion::unhealthy);
  }
}

TEST_CASE("samples of different probes may come in any order")
{
  Chance chance(6);
  for (unsigned i = 0; i < rounds; ++i) {
    const WatchRules rules = chance.rules();
    const Baseline baseline = some_baseline(chance);
    const std::vector<Sample> mixed = chance.samples();
    std::vector<Sample> apart = mixed;
    std::ranges::stable_sort(apart, std::greater(), &Sample::probe);
    const WatchProgress progress = chance.progress();
    const WatchVerdict one = conclude(mixed, rules, baseline, progress);
    const WatchVerdict other = conclude(apart, rules, baseline, progress);
    CHECK(one.conclusion == other.conclusion);
    CHECK(one.why == other.why);
  }
}

TEST_CASE("a probe more never makes a verdict better where traffic is not asked for")
{
  Chance chance(7);
  for (unsigned i = 0; i < rounds; ++i) {
    WatchRules rules = chance.rules();
    rules.minimum_requests = 0;
    const std::vector<Sample> one = looks("g" + chance.letters("gdncb"), "a");
    const std::vector<Sample> more = one + looks(chance.letters("gdncb"), "z");
    CHECK(ended(more, rules).conclusion >= ended(one, rules).conclusion);
  }
}

TEST_CASE("the order of components does not matter")
{
  Chance chance(8);
  for (unsigned i = 0; i < rounds; ++i) {
    Sample sample = chance.sample();
    const Sample before = judged(sample, {}, {});
    std::ranges::shuffle(sample.components, chance.source());
    const Sample after = judged(sample, {}, {});
    CHECK(before.health == after.health);
    CHECK(before.why == after.why);
  }
}

TEST_CASE("judging makes nothing better but what had said nothing, and twice is once")
{
  Chance chance(9);
  for (unsigned i = 0; i < rounds; ++i) {
    const WatchRules rules = chance.rules();
    const Baseline baseline = some_baseline(chance);
    const Sample sample = chance.sample();
    const Sample once = judged(sample, rules, baseline);
    CHECK((once.health >= sample.health || sample.health == Health::no_data));
    const Sample twice = judged(once, rules, baseline);
    CHECK(twice.health == once.health);
    CHECK(twice.why == once.why);
  }
}

TEST_CASE("more errors never make a sample healthier")
{
  Chance chance(10);
  for (unsigned i = 0; i < rounds; ++i) {
    const WatchRules rules = chance.rules();
    const std::size_t requests = chance.below(100);
    Health last = Health::healthy;
    for (std::size_t errors = requests == 0 ? 1 : 0; errors <= requests + 1; ++errors) {
      const Health health = judged(counted_look(errors, requests), rules, {}).health;
      CHECK(health >= last);
      last = health;
    }
  }
}
