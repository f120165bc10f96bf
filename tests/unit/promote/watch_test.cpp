// SPDX-License-Identifier: Apache-2.0
#include "base/enum_names.hpp"
#include "watch_support.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

Conclusion
of(std::string_view letters, const WatchRules& rules = {})
{
  return ended(looks(letters), rules).conclusion;
}

std::vector<Sample>
timed(std::vector<double> latencies, std::string probe = "web")
{
  std::vector<Sample> all = looks(std::string(latencies.size(), 'g'), std::move(probe));
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].latency_ms = latencies[i];
  }
  return all;
}

}  // namespace

TEST_CASE("three bad samples in a row are unhealthy, whenever they came")
{
  CHECK(of("ggbbbgggggg") == Conclusion::unhealthy);
  CHECK(of("bbb") == Conclusion::unhealthy);
  CHECK(ended(looks("gbbb")).why == "3 samples in a row were unhealthy: 503 from /health");
}

TEST_CASE("bad samples that are no row end healthy if they are few, wherever they came, and open if the last is bad")
{
  CHECK(of("ggggggggb") == Conclusion::inconclusive);
  CHECK(of("gggggggbg") == Conclusion::healthy);
  CHECK(of("ggbgg") == Conclusion::healthy);
  CHECK(of("gbg") == Conclusion::healthy);
  CHECK(of("bgggbggg") == Conclusion::healthy);
  CHECK(of("bgggbgg") == Conclusion::inconclusive);
  CHECK(of("bbgbbgggg") == Conclusion::inconclusive);
  CHECK(of("gbgbgbgbg") == Conclusion::inconclusive);
  CHECK(ended(looks("gb")).why == "the last sample was unhealthy: 503 from /health");
  CHECK(ended(looks("bgbggg")).why == "2 of 6 samples were not healthy, and at most 1 may be");
}

TEST_CASE("what saw nothing counts neither for nor against the rest")
{
  CHECK(of("gcg", {.consecutive = 2, .count = 3}) == Conclusion::healthy);
  CHECK(of("gggcg") == Conclusion::healthy);
  CHECK(of("gncbggbgg") == Conclusion::inconclusive);
  CHECK(ended(looks("gncbggbgg")).why == "2 of 7 samples were not healthy, and at most 1 may be");
}

TEST_CASE("never more failures are needed than samples are taken")
{
  CHECK(of("b") == Conclusion::unhealthy);
  CHECK(of("bb") == Conclusion::unhealthy);
  CHECK(of("gb") == Conclusion::inconclusive);
  CHECK(of("bg") == Conclusion::healthy);
  CHECK(of("b", {.consecutive = 1, .count = 1}) == Conclusion::unhealthy);
  CHECK(ended(looks("b")).why == "a sample was unhealthy: 503 from /health");
  CHECK(of("b", {.consecutive = 0}) == Conclusion::unhealthy);
}

TEST_CASE("a watch that wants two samples is over after two bad ones")
{
  const WatchRules rules{.consecutive = 3, .count = 2};
  CHECK_FALSE(going_on(looks("b"), rules).is_over);
  CHECK(going_on(looks("bb"), rules).conclusion == Conclusion::unhealthy);
  CHECK(going_on(looks("bb"), rules).is_over);
}

TEST_CASE("a watch that goes on is over as soon as a row is long enough, and not before")
{
  CHECK_FALSE(going_on(looks("b")).is_over);
  CHECK(going_on(looks("b")).conclusion == Conclusion::inconclusive);
  CHECK_FALSE(going_on(looks("gbb")).is_over);
  CHECK(going_on(looks("gbbb")).is_over);
  CHECK(going_on(looks("gbbbggg")).conclusion == Conclusion::unhealthy);
  CHECK(going_on(looks("ggg")).conclusion == Conclusion::healthy);
  CHECK_FALSE(going_on(looks("ggg")).is_over);
  CHECK(going_on(looks("nn")).conclusion == Conclusion::no_data);
  CHECK(going_on({}).conclusion == Conclusion::no_data);
  CHECK_FALSE(going_on({}).is_over);
}

TEST_CASE("a watch without a sample, or with none that saw anything, cannot observe")
{
  CHECK(of("") == Conclusion::cannot_observe);
  CHECK(ended({}).why == "no sample was taken, so nothing could have failed");
  CHECK(of("n") == Conclusion::cannot_observe);
  CHECK(of("cccccccc") == Conclusion::cannot_observe);
  CHECK(of("cncncncn") == Conclusion::cannot_observe);
  CHECK(ended(looks("ccc")).why == "none of 3 samples saw anything: ?");
}

TEST_CASE("what ends blind cannot be observed, however good it began")
{
  CHECK(of("gggggggggnnn") == Conclusion::cannot_observe);
  CHECK(of("gggggggggccc") == Conclusion::cannot_observe);
  CHECK(of("gggggggggggc") == Conclusion::inconclusive);
  CHECK(ended(looks("gggnnn")).why == "the last 3 samples saw nothing: ?");
}

TEST_CASE("half of the samples without a value leave it open")
{
  CHECK(of("nnnnnggggg") == Conclusion::inconclusive);
  CHECK(of("nnnngggggg") == Conclusion::healthy);
  CHECK(ended(looks("nnnggg")).why == "3 of 6 samples saw nothing");
}

TEST_CASE("a sample that saw nothing neither ends nor lengthens a row")
{
  CHECK(of("ggbnbcbgggg") == Conclusion::unhealthy);
  CHECK(of("gggggbnnbgggg") == Conclusion::healthy);
}

TEST_CASE("a sample that repeats the one before is no evidence more, good or bad")
{
  const auto pushed = [](std::string_view letters, std::size_t repeats) {
    std::vector<Sample> all;
    for (const char letter : letters) {
      all = all + looks(std::string(1 + repeats, letter));
      for (std::size_t i = 0; i < repeats; ++i) {
        all[all.size() - 1 - i].is_repeated = true;
      }
    }
    return all;
  };
  CHECK(ended(pushed("gbg", 3)).conclusion == Conclusion::healthy);
  CHECK(ended(pushed("gbg", 3)).why == "2 of 3 samples are healthy, the last ones too");
  CHECK_FALSE(going_on(pushed("gbb", 3)).is_over);
  CHECK(going_on(pushed("gbbb", 3)).conclusion == Conclusion::unhealthy);
  CHECK(ended(pushed("b", 11), {.consecutive = 3, .count = 12}).conclusion == Conclusion::unhealthy);
  CHECK(ended(pushed("ggg", 3), {.minimum_samples = 4}).conclusion == Conclusion::inconclusive);
  std::vector<Sample> alone = looks("b");
  alone.front().is_repeated = true;
  CHECK(ended(alone).conclusion == Conclusion::unhealthy);
}

TEST_CASE("degraded warns and looks on, and rolls nothing back")
{
  CHECK(of("ddddd") == Conclusion::inconclusive);
  CHECK(of("ggggd") == Conclusion::inconclusive);
  CHECK(of("dddggg") == Conclusion::inconclusive);
  CHECK(of("ddgggggg") == Conclusion::healthy);
  CHECK(of("gbdbdbggg") == Conclusion::inconclusive);
  CHECK_FALSE(going_on(looks("dddddd")).is_over);
}

TEST_CASE("fewer samples than are wanted say nothing, but that it is dead")
{
  const WatchRules rules{.minimum_samples = 5};
  CHECK(of("gggg", rules) == Conclusion::inconclusive);
  CHECK(of("ggggg", rules) == Conclusion::healthy);
  CHECK(of("nggggn", rules) == Conclusion::inconclusive);
  CHECK(of("bbb", rules) == Conclusion::unhealthy);
  CHECK(ended(looks("ggg"), rules).why == "3 samples saw something, and 5 are wanted");
}

TEST_CASE("each probe counts for itself")
{
  std::vector<Sample> turns;
  for (int i = 0; i < 4; ++i) {
    turns = turns + looks("b", i % 2 == 0 ? "web" : "database") + looks("g", i % 2 == 0 ? "database" : "web");
  }
  CHECK(ended(turns).conclusion == Conclusion::inconclusive);
  CHECK_FALSE(going_on(looks("bb", "web") + looks("b", "database")).is_over);
}

TEST_CASE("of one probe each measure counts for itself")
{
  std::vector<Sample> lag = looks("bbb");
  for (std::size_t i = 0; i < lag.size(); ++i) {
    lag[i].measure = i == 0 ? "disk" : "replication-lag";
  }
  CHECK_FALSE(going_on(lag).is_over);
  lag[0].measure = "replication-lag";
  const WatchVerdict verdict = going_on(lag + looks("ggg"));
  CHECK(verdict.is_over);
  CHECK(verdict.why == "web (replication-lag): 3 samples in a row were unhealthy: 503 from /health");
}

TEST_CASE("the worst of several probes counts, unhealthy first")
{
  const auto together = [](std::string_view a, std::string_view b) { return ended(looks(a, "a") + looks(b, "b")); };
  CHECK(together("ggg", "ggg").conclusion == Conclusion::healthy);
  CHECK(together("ggg", "ddd").conclusion == Conclusion::inconclusive);
  CHECK(together("ccc", "ddd").conclusion == Conclusion::cannot_observe);
  CHECK(together("ccc", "bbb").conclusion == Conclusion::unhealthy);
  CHECK(together("bbb", "ggg").conclusion == Conclusion::unhealthy);
  CHECK(together("ccc", "bbb").why == "b: 3 samples in a row were unhealthy: 503 from /health");
  CHECK(together("ggg", "bggg").why.starts_with("6 of 7 samples are healthy"));
}

TEST_CASE("of many reasons three are told, each of a length that can be read")
{
  std::vector<Sample> all;
  for (const char* probe : {"a", "b", "c", "d", "e"}) {
    all = all + looks("bbb", probe);
  }
  all[2].why = std::string(100'000, 'x');
  const std::string why = ended(all).why;
  CHECK(why.ends_with("; and 2 more"));
  CHECK(why.size() < 1000);
}

TEST_CASE("a limit that nothing measured cannot have been broken, and so the watch cannot observe")
{
  const WatchRules rules = rules_of(Verify{.presets = {"disk"}});
  CHECK(ended(looks("ggg"), rules).conclusion == Conclusion::cannot_observe);
  CHECK(ended(looks("ggg"), rules).why == "nothing measured disk");
  CHECK(ended(looks("bbb"), rules).conclusion == Conclusion::unhealthy);
  CHECK(going_on(looks("ggg"), rules).conclusion == Conclusion::healthy);

  std::vector<Sample> measured = looks("ggg", "disk");
  measured[1].value = 40;
  CHECK(ended(measured, rules).conclusion == Conclusion::healthy);
}

TEST_CASE("numbers that no limit is about cannot fail, and a watch of nothing else cannot observe")
{
  std::vector<Sample> numbers = looks("ggg", "errors") + looks("ggg", "lag");
  for (Sample& sample : numbers) {
    sample.value = 9999;
    sample.is_number_alone = true;
  }
  CHECK(ended(numbers).conclusion == Conclusion::cannot_observe);
  CHECK(ended(numbers).why == "nothing could have failed: no limit judges errors, lag");
  CHECK(ended(numbers, rules_of(Verify{.limits = {{"lag", "below 10000"}}})).conclusion == Conclusion::healthy);
  CHECK(ended(numbers + looks("ggg", "web")).conclusion == Conclusion::healthy);
  CHECK(ended(numbers + looks("ccc", "web")).conclusion == Conclusion::cannot_observe);
  CHECK(ended(numbers + looks("bbb", "exit")).conclusion == Conclusion::unhealthy);
}

TEST_CASE("error-rate and response-time are measured by what asks the service")
{
  const WatchRules rules = rules_of(Verify{.presets = {"error-rate", "response-time"}});
  CHECK(ended(looks("ggg"), rules).conclusion == Conclusion::cannot_observe);
  CHECK(ended(timed({10, 20, 10}), rules).conclusion == Conclusion::healthy);
}

TEST_CASE("a release that became half as slow again is unhealthy when the watch is over")
{
  const Baseline before = baseline_of(timed({100, 102, 98, 101}));
  const std::vector<Sample> slow = timed({180, 190, 200, 185});
  CHECK(ended(slow, {}, before).conclusion == Conclusion::unhealthy);
  CHECK(ended(slow, {}, before).why == "latency grew by more than 50 %: the median is 187.5 ms, and was 100.5 ms");
  CHECK_FALSE(conclude(slow, {}, before, WatchProgress::going_on).is_over);
  CHECK(ended(timed({2, 2, 2, 3}), {}, baseline_of(timed({1, 1, 1}))).conclusion == Conclusion::healthy);
  CHECK(ended(slow, {.slower = 1}, before).conclusion == Conclusion::healthy);
  CHECK(ended(timed({110, 120, 149, 130}), {}, before).conclusion == Conclusion::healthy);
}

TEST_CASE("latency is compared with the same probe's")
{
  const Baseline before = baseline_of(timed({10, 10, 10}, "a") + timed({900, 900, 900}, "b"));
  CHECK(ended(timed({11, 11, 11}, "a") + timed({950, 950, 950}, "b"), {}, before).conclusion == Conclusion::healthy);
  const WatchVerdict verdict = ended(timed({60, 60, 60}, "a") + timed({900, 900, 900}, "b"), {}, before);
  CHECK(verdict.conclusion == Conclusion::unhealthy);
  CHECK(verdict.why.starts_with("a: latency grew"));
}

TEST_CASE("one or two looks before or after are no latency to compare")
{
  CHECK(ended(timed({900, 900, 900}), {}, baseline_of(timed({1, 1}))).conclusion == Conclusion::healthy);
  CHECK(ended(timed({900, 900}), {}, baseline_of(timed({1, 1, 1}))).conclusion == Conclusion::healthy);
}

TEST_CASE("a baseline that somebody wrote counts instead of what was measured, and for one look too")
{
  const WatchRules rules{.baseline_ms = 100};
  const Baseline fast = baseline_of(timed({1, 1, 1}));
  CHECK(ended(timed({140, 140, 140}), rules, fast).conclusion == Conclusion::healthy);
  CHECK(ended(timed({160}), rules).conclusion == Conclusion::unhealthy);
  CHECK(ended(timed({90, 160, 170}), rules).conclusion == Conclusion::healthy);
}

TEST_CASE("the latency of what saw nothing does not count")
{
  const Baseline before = baseline_of(timed({100, 100, 100}));
  std::vector<Sample> samples = timed({1, 200, 200, 200});
  CHECK(ended(samples, {}, before).conclusion == Conclusion::healthy);
  samples[0].health = Health::cannot_observe;
  CHECK(ended(samples, {}, before).conclusion == Conclusion::unhealthy);
}

TEST_CASE("a baseline holds what saw something")
{
  std::vector<Sample> samples = timed({10, 30, 20});
  samples[1].health = Health::cannot_observe;
  const Baseline baseline = baseline_of(samples);
  REQUIRE(baseline.find(samples[0]) != nullptr);
  CHECK(baseline.find(samples[0])->latency.size() == 2);
  CHECK(baseline.find(looks("g", "other").front()) == nullptr);
  CHECK(baseline_of({}).series.empty());
}

TEST_CASE("a watch is told in words")
{
  CHECK(ended(looks("g")).why == "1 of 1 sample is healthy");
  CHECK(ended(looks("ggg")).why == "3 of 3 samples are healthy");
  CHECK(ended(looks("bggg")).why == "3 of 4 samples are healthy, the last ones too");
  CHECK(name_of(Conclusion::cannot_observe) == "cannot-observe");
}
