// SPDX-License-Identifier: Apache-2.0
#include "ledger_story.hpp"
#include "promote/engine/observation.hpp"
#include "watch_support.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

std::vector<Sample>
timed(std::size_t count, double latency, const std::string& probe)
{
  std::vector<Sample> samples = looks(std::string(count, 'g'), probe);
  for (Sample& sample : samples) {
    sample.latency_ms = latency;
  }
  return samples;
}

/// The body of a watch whose probe `web` took so long.
Json
watch_of(double latency, std::string_view conclusion)
{
  const Json sample{{"probe", "web"}, {"health", "healthy"}, {"latency_ms", latency}, {"requests", 70}};
  return Json{{"conclusion", conclusion}, {"samples", Json::array({sample, sample, sample})}};
}

std::optional<double>
median(const Look& look, const std::string& probe)
{
  const promote::Baseline usual = usual_of(look);
  const Usual* const found = usual.find(looks("g", probe).front());
  return found == nullptr ? std::nullopt : found->latency.percentile(0.5);
}

}  // namespace

TEST_CASE("what could not be looked at before the deployment has the latency of the last watch that ended well")
{
  Look look;
  look.before = timed(3, 100, "address") + timed(2, 5, "once");
  look.watched = timed(3, 700, "address") + timed(3, 20, "once") + timed(4, 40, "hook");
  CHECK(median(look, "address") == 100);
  CHECK(median(look, "once") == 20);
  CHECK(median(look, "hook") == 40);
  CHECK_FALSE(median(look, "other"));
}

TEST_CASE("the last watch that ended well is neither one that warned nor one of a release that was not well")
{
  Story story;
  const auto promoted = [&story](const std::string& outcome, const Json& watch) {
    const std::string id = story.begin("c");
    story.step_of(id, "verify", outcome, watch);
    story.end(id, outcome == "done" ? EntryKind::confirmed : EntryKind::failed);
  };
  const auto latency = [&story] {
    const std::vector<Sample> samples = watched_well(story.state.of("production"));
    return samples.empty() ? std::nullopt : samples.front().latency_ms;
  };
  CHECK_FALSE(latency());
  promoted("done", watch_of(100, "healthy"));
  promoted("done", watch_of(900, "unhealthy"));
  promoted("unhealthy", watch_of(950, "unhealthy"));
  CHECK(latency() == 100);
  CHECK_FALSE(watched_well(story.state.of("production")).front().requests);
  promoted("done", watch_of(110, "healthy"));
  CHECK(latency() == 110);
}

TEST_CASE("of each probe the time of its newest sample is remembered, and of what saw nothing none")
{
  Look look;
  std::vector<Sample> samples = looks("ggn", "pushed") + looks("c", "blind");
  remember(look, samples);
  CHECK(look.told.size() == 1);
  CHECK(look.told.at("pushed") == samples[1].at);
  remember(look, std::span(samples).first(1));
  CHECK(look.told.at("pushed") == samples[1].at);
}
