// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/observation.hpp"

#include "promote/watch_sample.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::string_view command_kind{"command"};

std::vector<Sample>
take_all(const std::map<std::string, ProbeSetting>& probes, const Stage& stage, const Look& look,
         const Session& session)
{
  Environment process = session.process();
  for (const auto& [name, value] : look.variables) {
    process.insert_or_assign(name, value);
  }
  ProbeContext context;
  context.http = session.input.input.services.http;
  context.process = &process;
  context.directory = session.input.input.directory;
  context.now = session.clock.now();
  context.deployed_at = look.deployed;
  context.since = look.since;
  context.expected = look.expected;
  if (!stage.verify.control.empty() && context.http != nullptr) {
    context.observer.control_answers = answers(*context.http, stage.verify.control, stage.verify.timeout);
  }
  std::vector<Sample> samples;
  for (const auto& probe : probes) {
    context.observer.answered_before = std::any_of(look.before.begin(), look.before.end(), [&](const Sample& sample) {
      return sample.probe == probe.first && saw(sample);
    });
    samples.push_back(take(probe.second, probe.first, context));
  }
  return samples;
}

}  // namespace

std::map<std::string, ProbeSetting>
probes_of(const Stage& stage)
{
  std::map<std::string, ProbeSetting> probes = stage.verify.probes;
  if (!stage.verify.url.empty()) {
    ProbeSetting health;
    health.kind = "http";
    health.url = stage.verify.url;
    health.timeout = stage.verify.timeout;
    probes.emplace("health", std::move(health));
  }
  if (stage.hooks.probe) {
    ProbeSetting hook;
    hook.kind = command_kind;
    hook.run = stage.hooks.probe.run;
    // A hook may take half an hour by default, which no look should.
    hook.timeout = std::min(stage.hooks.probe.timeout, std::max(stage.verify.timeout, stage.verify.interval));
    probes.emplace("probe", std::move(hook));
  }
  return probes;
}

std::vector<Sample>
look_at(const Stage& stage, const Look& look, const Session& session)
{
  const WatchRules rules = rules_of(stage.verify);
  const Baseline baseline = baseline_of(look.before);
  std::vector<Sample> samples = take_all(probes_of(stage), stage, look, session);
  for (Sample& sample : samples) {
    sample = judged(std::move(sample), rules, baseline);
  }
  return samples;
}

std::vector<Sample>
look_before(const Stage& stage, const Session& session)
{
  std::map<std::string, ProbeSetting> probes = probes_of(stage);
  std::erase_if(probes, [](const auto& probe) { return probe.second.kind == command_kind; });
  return take_all(probes, stage, {}, session);
}

}  // namespace sluice::promote
