// SPDX-License-Identifier: Apache-2.0
//
// What the steps forward do.
#include "base/text.hpp"
#include "credentials/redactor.hpp"
#include "promote/engine/execution.hpp"
#include "promote/engine/running.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

constexpr std::size_t max_excerpt = 2048;
/// Of what a hook prints; more of it helps nobody, and takes longer to be made harmless than to be printed.
constexpr std::size_t max_told = 1U << 20U;

std::string
redacted(std::string_view text)
{
  return ellipsis(credentials::redactor().redacted(text, TextKind::line), max_excerpt);
}

}  // namespace

std::map<std::string, std::string>
Execution::variables(std::string_view step) const
{
  const Promotion& now = promotion();
  const EnvironmentState& here = session_.ledger.state().of(environment_);
  std::map<std::string, std::string> all{
      {"SLUICE_ENVIRONMENT", environment_},
      {"SLUICE_COMMIT", now.commit},
      {"SLUICE_PREVIOUS_COMMIT", now.previous ? now.previous->commit : ""},
      {"SLUICE_IDENTITY", now.identity},
      {"SLUICE_PREVIOUS_IDENTITY", now.previous ? now.previous->identity : ""},
      {"SLUICE_IDEMPOTENCY_KEY", idempotency_key(id_, step)},
      {"SLUICE_FENCING_TOKEN", fmt::format("{}", token_)},
      {"SLUICE_PROMOTION", id_},
      {"SLUICE_STEP", std::string(step)},
      {"SLUICE_STRATEGY", std::string(name_of(stage_.strategy))},
      // So that what is live can say which ledger brought it, and a ledger that was wound back is seen.
      {"SLUICE_LEDGER_ENTRY", here.live ? here.live->entry : ""},
  };
  return all;
}

Result<StepEnd>
Execution::run_step_hook(const Hook& hook, std::string_view step, const std::map<std::string, std::string>& more)
{
  HookCall call;
  call.step = std::string(step);
  call.variables = variables(step);
  for (const auto& [name, value] : more) {
    call.variables[name] = value;
  }
  call.process = &session_.process();
  call.directory = session_.input.input.directory;
  call.tick = [this] { return beat(); };
  call.on_line = [this, told = std::size_t{0}](std::string_view line) mutable {
    const bool was_told = told < max_told;
    told += line.size() + 1;
    if (was_told) {
      session_.input.tell(gate::Telling::line, told < max_told ? line : "(it prints much; only its end is kept)");
    }
  };
  const RunningHook running({session_.repository(), environment_, step, token_});
  call.on_start = [&running](pid_t process) { running.started(process); };
  session_.input.tell(gate::Telling::group_begins, fmt::format("{}: {}", environment_, step));
  const HookOutcome outcome = run_hook(hook, call);
  session_.input.tell(gate::Telling::group_ends, "");
  StepEnd end;
  end.body = Json{{"status", outcome.status}, {"output", redacted(outcome.excerpt)}};
  if (outcome.end != HookOutcome::End::succeeded) {
    end.outcome = "failed";
    end.why = outcome.why;
  }
  return end;
}

std::vector<Execution::Planned>
Execution::steps_forward()
{
  const Hooks& hooks = stage_.hooks;
  const Promotion& now = promotion();
  const Release expected{now.commit, now.identity, now.begun, id_};
  std::vector<Planned> steps;
  if (hooks.backup || stage_.database_backup) {
    steps.push_back({"backup", hooks.backup.repeat, [this] { return back_up(); }});
  }
  if (hooks.migrate) {
    steps.push_back({"migrate", hooks.migrate.repeat, [this] { return migrate(); }});
  }
  const auto deploy = [this, &hooks](const std::string& step, std::string weight) -> Planned {
    return {step, hooks.deploy.repeat, [this, &hooks, step, weight = std::move(weight)] {
              return run_step_hook(hooks.deploy, step, {{"SLUICE_WEIGHT", weight}});
            }};
  };
  if (stage_.strategy == Strategy::canary) {
    for (const std::string& weight : stage_.steps) {
      steps.push_back(deploy(fmt::format("deploy-{}", weight), weight));
      const std::string name = fmt::format("verify-{}", weight);
      steps.push_back({name, Repeat::safe, [this, name, expected] { return watch(name, expected); }});
    }
  }
  if (hooks.deploy) {
    steps.push_back(deploy("deploy", "100"));
  }
  steps.push_back({"verify", Repeat::safe, [this, expected] { return watch("verify", expected); }});
  return steps;
}

}  // namespace sluice::promote
