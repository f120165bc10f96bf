// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/observation.hpp"

#include "promote/json_members.hpp"
#include "promote/watch/sample_json.hpp"
#include "promote/watch/watch.hpp"
#include "promote/watch/watch_sample.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::string_view command_kind{"command"};

/// Looks that follow at once have no interval of their own, of which they could tell a count.
void
keep_latency_only(Sample& sample)
{
  sample.requests.reset();
  sample.errors.reset();
  sample.answer.clear();
}

/// Of a watch that the pipeline let pass.
bool
is_any(const Json& /*watch*/)
{
  return true;
}

/// Of one that did not end with a warning.
bool
is_healthy(const Json& watch)
{
  return text_of(watch, "conclusion") == name_of(Conclusion::healthy);
}

/// What the last watch of those that are wanted has written; null if there is none.
const Json&
last_watch(const EnvironmentState& here, bool (*is_wanted)(const Json&))
{
  static const Json none;
  for (auto each = here.promotions.rbegin(); each != here.promotions.rend(); ++each) {
    for (const std::string_view name : {"verify-rollback", "verify"}) {
      const Step* step = each->step(name);
      if (step != nullptr && step->state == Step::State::done && is_wanted(step->body)) {
        return step->body;
      }
    }
  }
  return none;
}

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
  context.expected = look.expected;
  if (!stage.verify.control.empty() && context.http != nullptr) {
    context.observer.control_answers = answers(*context.http, stage.verify.control, stage.verify.timeout);
  }
  std::vector<Sample> samples;
  for (const auto& probe : probes) {
    context.observer.answered_before = std::any_of(look.before.begin(), look.before.end(), [&](const Sample& sample) {
      return sample.probe == probe.first && saw(sample);
    });
    const auto told = look.told.find(probe.first);
    context.since = told == look.told.end() ? look.since : std::optional(told->second);
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

Look
look_outside_watch(const Stage& stage, const std::string& environment, const Release& release, const Session& session)
{
  const auto interval = std::chrono::ceil<std::chrono::seconds>(stage.verify.interval);
  Look look;
  look.expected = stage.verify.version == VersionCheck::commit ? release.commit : std::string();
  look.variables = {{"SLUICE_ENVIRONMENT", environment},
                    {"SLUICE_COMMIT", release.commit},
                    {"SLUICE_IDENTITY", release.identity},
                    {"SLUICE_EXPECTED_COMMIT", release.commit},
                    {"SLUICE_STEP", "look"}};
  look.deployed = session.clock.now() - interval;
  look.since = look.deployed;
  for (const Json& sample : last_watch(session.ledger.state().of(environment), is_any)["samples"].items()) {
    look.before.push_back(sample_of(sample));
  }
  return look;
}

std::vector<Sample>
watched_well(const EnvironmentState& here)
{
  std::vector<Sample> samples;
  for (const Json& json : last_watch(here, is_healthy)["samples"].items()) {
    samples.push_back(sample_of(json));
    keep_latency_only(samples.back());
  }
  return samples;
}

Baseline
usual_of(const Look& look)
{
  Baseline usual = baseline_of(look.before);
  for (auto& [name, watched] : baseline_of(look.watched).series) {
    Usual& here = usual.series[name];
    if (here.latency.size() < looks_to_compare) {
      here.latency = std::move(watched.latency);
    }
  }
  return usual;
}

void
remember(Look& look, std::span<const Sample> samples)
{
  for (const Sample& sample : samples) {
    if (saw(sample)) {
      std::chrono::sys_seconds& newest = look.told[sample.probe];
      newest = std::max(newest, sample.at);
    }
  }
}

std::vector<Sample>
look_at(const Stage& stage, const Look& look, const Session& session)
{
  const WatchRules rules = rules_of(stage.verify);
  const Baseline baseline = usual_of(look);
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
  const WatchRules rules = rules_of(stage.verify);
  Look look;
  look.deployed = session.clock.now() - std::chrono::ceil<std::chrono::seconds>(stage.verify.interval);
  look.since = look.deployed;
  std::vector<Sample> all;
  for (std::size_t number = 0; number < looks_to_compare; ++number) {
    std::vector<Sample> round = take_all(probes, stage, look, session);
    remember(look, round);
    for (Sample& sample : round) {
      if (!saw(sample)) {
        probes.erase(sample.probe);
      }
      if (number > 0) {
        keep_latency_only(sample);
      }
      all.push_back(judged(std::move(sample), rules, {}));
    }
  }
  return all;
}

}  // namespace sluice::promote
