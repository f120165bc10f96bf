// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/live_look.hpp"

#include "credentials/redactor.hpp"
#include "promote/engine/observation.hpp"
#include "promote/watch/sample_json.hpp"

namespace sluice::promote {

namespace {

LiveLook
not_looked(std::string why)
{
  return {.conclusion = Conclusion::cannot_observe, .why = std::move(why), .samples = {}};
}

LiveLook
take_look(const Session& session, const std::string& environment, const Release& live)
{
  const auto& all = session.options().environments;
  const auto stage = all.find(environment);
  if (stage == all.end()) {
    return not_looked("the pipeline no longer has this environment");
  }
  if (session.ledger.state().of(environment).unfinished() != nullptr) {
    return not_looked("a promotion is under way, which has a watch of its own");
  }
  if (probes_of(stage->second).empty()) {
    return not_looked("nothing is looked at: the pipeline has no health address, hook or probe here");
  }
  LiveLook look;
  look.samples = look_at(stage->second, look_outside_watch(stage->second, environment, live, session), session);
  WatchRules rules = rules_of(stage->second.verify);
  rules.count = 1;
  rules.minimum_samples = 1;
  rules.minimum_requests = 0;  // of one interval at night there may be none
  const WatchVerdict verdict = conclude(look.samples, rules, {}, WatchProgress::ended);
  look.conclusion = verdict.conclusion;
  look.why = verdict.why;
  return look;
}

bool
was_healthy(const EnvironmentState& here)
{
  const auto known = here.verified.find(here.live->identity);
  return known != here.verified.end() && known->second.was_healthy;
}

Entry
entry_of(const LiveLook& look, const std::string& environment, const Release& live, const Session& session)
{
  Entry entry;
  entry.kind = EntryKind::observed;
  entry.environment = environment;
  entry.actor = session.actor;
  entry.body = Json{{"commit", live.commit},
                    {"identity", live.identity},
                    {"outcome", name_of(look.conclusion)},
                    {"why", look.why},
                    {"samples", json_of(look)["samples"]}};
  return entry;
}

}  // namespace

Verdict
verdict_of(const LiveLook& look)
{
  switch (look.conclusion) {
  case Conclusion::healthy:
    return Verdict::pass;
  case Conclusion::unhealthy:
    return Verdict::fail;
  default:
    return Verdict::incomplete;
  }
}

Json
json_of(const LiveLook& look)
{
  Json json{{"conclusion", name_of(look.conclusion)}, {"why", look.why}};
  json.at("samples") =
      Json::array_of(look.samples, [](const Sample& sample) { return to_json(sample, credentials::redactor()); });
  return json;
}

Result<std::optional<LiveLook>>
look_at_live(Session& session, const std::string& environment)
{
  const auto live = session.ledger.state().of(environment).live;
  if (!live) {
    return std::optional<LiveLook>();
  }
  LiveLook look = take_look(session, environment, *live);
  const bool is_known = look.conclusion == Conclusion::healthy || look.conclusion == Conclusion::unhealthy;
  const bool is_healthy = look.conclusion == Conclusion::healthy;
  const auto is_news = [&](const State& state) {
    const EnvironmentState& here = state.of(environment);
    return here.live && here.live->identity == live->identity && here.live->entry == live->entry
           && here.unfinished() == nullptr && was_healthy(here) != is_healthy;
  };
  if (is_known && !session.ledger.damage() && is_news(session.ledger.state())) {
    TRY(session.ledger.append(entry_of(look, environment, *live, session), is_news));
  }
  return std::optional(std::move(look));
}

}  // namespace sluice::promote
