// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/plan_command.hpp"

#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/commands/outcome.hpp"
#include "promote/commands/request.hpp"
#include "promote/engine/observation.hpp"
#include "promote/engine/rewind.hpp"
#include "promote/evidence/effective_stage.hpp"
#include "promote/hook/hook_run.hpp"
#include "promote/watch/foresight.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

struct PlannedStep
{
  std::string name;
  std::string what;
  std::string lacks;  ///< why it could not be done; empty: it could
};

void
add(std::vector<PlannedStep>& steps, std::string_view name, const Hook& hook, const Session& session)
{
  if (hook) {
    const auto lacks = missing_program(hook, session.process(), session.input.input.directory);
    steps.push_back({std::string(name), join(hook.run, " "), lacks.value_or("")});
  }
}

void
add_backup(std::vector<PlannedStep>& steps, const Stage& stage, const Session& session)
{
  add(steps, "backup", stage.hooks.backup, session);
  if (!stage.database_backup) {
    return;
  }
  if (!stage.hooks.backup) {
    steps.push_back({"backup", "a dump", ""});
  }
  PlannedStep& backup = steps.back();
  backup.what += ", restored and compared";
  if (backup.lacks.empty()) {
    backup.lacks = join(missing_for_backup(stage, session), "; ");
  }
}

/// As engine/steps.cpp has them.
std::vector<PlannedStep>
steps_of(const Request& request, const Session& session)
{
  const Stage& stage = *request.stage;
  const bool is_canary = effective(stage, request.risk).strategy == Strategy::canary;
  const std::string blind = join(blind_spots(probes_of(stage), stage.verify), "; ");
  std::vector<PlannedStep> steps;
  add_backup(steps, stage, session);
  add(steps, "migrate", stage.hooks.migrate, session);
  for (const std::string& weight : is_canary ? stage.steps : std::vector<std::string>()) {
    add(steps, fmt::format("deploy-{}", weight), stage.hooks.deploy, session);
    steps.push_back({fmt::format("verify-{}", weight), "watch", blind});
  }
  add(steps, "deploy", stage.hooks.deploy, session);
  steps.push_back({"verify", "watch", blind});
  steps.push_back({"confirm", "write it down", ""});
  if (!stage.hooks.rollback) {
    steps.push_back({"rollback", "", "there is no hook for the way back"});
  } else {
    add(steps, "rollback", stage.hooks.rollback, session);
  }
  return steps;
}

std::string
text_of(const std::vector<PlannedStep>& steps)
{
  std::string text;
  for (const PlannedStep& step : steps) {
    text += fmt::format("  {:<15}  {}{}{}\n", step.name, printable(step.what),
                        step.lacks.empty() ? "" : "  LACKS: ", printable(step.lacks));
  }
  return text + "\n";
}

Section
steps_section(const std::vector<PlannedStep>& steps)
{
  Table table{{"Step", "What", "Lacks"}, {}};
  for (const PlannedStep& step : steps) {
    table.rows.push_back({step.name, step.what, step.lacks});
  }
  return {"Steps", "", std::move(table)};
}

std::string
mermaid_of(const Request& request, const std::vector<PlannedStep>& steps)
{
  std::string text = "flowchart LR\n";
  text += fmt::format("  request([\"{}\"])\n", brief(request.commit));
  std::string before = "request";
  std::vector<std::string> watches;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string id = fmt::format("step{}", i);
    text += fmt::format("  {}[\"{}\"]\n", id, steps[i].name);
    if (steps[i].name != "rollback") {
      text += fmt::format("  {} --> {}\n", before, id);
      before = id;
      if (steps[i].name.starts_with("verify")) {
        watches.push_back(id);
      }
      continue;
    }
    for (const std::string& watch : watches) {
      text += fmt::format("  {} -. unhealthy .-> {}\n", watch, id);
    }
  }
  return text;
}

Json
json_of_plan(const Request& request, const std::vector<PlannedStep>& steps, const std::optional<Ending>& ending,
             const Session& session)
{
  const auto& live = session.ledger.state().of(request.environment).live;
  Json json{{"environment", request.environment},
            {"commit", request.commit},
            {"identity", request.identity},
            {"live", live ? Json(live->commit) : Json()},
            {"pipeline", session.pipeline.digest},
            {"answer", ending ? Json(ending->what) : Json("go")},
            {"why", ending ? Json(ending->why) : Json("")}};
  json.at("steps") = Json::array_of(steps, [](const PlannedStep& step) {
    return Json{{"name", step.name}, {"what", step.what}, {"lacks", step.lacks}};
  });
  json.at("gates") = Json::array_of(request.judgements, [](const Judgement& each) { return json_of(each); });
  return json;
}

/// What is known of the end before the beginning: nobody will be able to say whether the release is well.
std::optional<Ending>
blindness(const Request& request)
{
  const Stage& stage = *request.stage;
  const auto spots = blind_spots(probes_of(stage), stage.verify);
  return spots.empty()
             ? std::nullopt
             : std::optional(Ending{
                 Verdict::incomplete, "cannot observe",
                 fmt::format("the watch would end with a question to a person: {}", join(spots, "; ")),
                 "give it a look that can fail: `verify.url`, a hook `probe`, and a probe of the name of each limit"});
}

}  // namespace

Result<gate::CommandOutcome>
plan_command(const VerbOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY_ASSIGN(const Request request, make_request(options, session));
  std::optional<Ending> ending = obstacle(request, session);
  if (!ending && !session.ledger.was_seen_before()) {
    look_for_rewind(session, options.environment, look_before(*request.stage, session));
    ending = damage_of(session);
  }
  ending = ending ? std::move(ending) : blindness(request);
  const std::vector<PlannedStep> steps = steps_of(request, session);
  gate::CommandOutcome outcome;
  outcome.verdict = ending ? ending->verdict : Verdict::pass;
  if (options.park && ending && ending->what == "waiting") {
    outcome.verdict = Verdict::pass;
  }
  if (input.format == "json") {
    outcome.output = json_of_plan(request, steps, ending, session).dump(2, JsonText::ascii) + "\n";
  } else if (input.format == "mermaid") {
    outcome.output = mermaid_of(request, steps);
  } else {
    const Ending go{Verdict::pass, "ready", "nothing stands in its way"};
    gate::CommandOutcome told =
        outcome_of(ending.value_or(go), session, {request.environment, request.commit, request.judgements});
    outcome.output = text_of(steps) + told.output;
    outcome.findings = std::move(told.findings);
    outcome.repeat = std::move(told.repeat);
    outcome.findings->sections.insert(outcome.findings->sections.begin(), steps_section(steps));
    outcome.decider = gate::Decider::command;
  }
  return outcome;
}

}  // namespace sluice::promote
