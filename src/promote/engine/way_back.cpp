// SPDX-License-Identifier: Apache-2.0
//
// The way back: in reverse, to the release before, and looked at like a deployment.
#include "base/text.hpp"
#include "promote/engine/execution.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

/// Why a promotion is on its way back.
std::string
cause_of(const Promotion& promotion)
{
  for (const auto& [name, step] : promotion.steps) {
    const bool is_cause = name.starts_with("deploy") || (name.starts_with("verify") && name != "verify-rollback");
    if (is_cause && step.state == Step::State::failed) {
      return fmt::format("{}: {}", name, text_of(step.body, "why"));
    }
  }
  return promotion.reason.empty() ? "it was asked for" : promotion.reason;
}

}  // namespace

Result<BackupProof>
restorable_backup(const Restoring& restoring)
{
  if (!restoring.stage.hooks.restore) {
    return fail(ErrorKind::config, "the pipeline has no hook `restore`");
  }
  const auto& all = restoring.here.promotions;
  for (auto each = all.rbegin(); each != all.rend(); ++each) {
    const Step* backup = each->step("backup");
    const bool is_of_it = each->kind == Promotion::Kind::promotion && each->commit == restoring.commit;
    if (is_of_it && backup != nullptr && backup->body["backup"].is_object()) {
      TRY_ASSIGN(BackupProof proof, read_backup_proof(backup->body["backup"]));
      TRY(check_backup_file(proof, restoring.root));
      return proof;
    }
  }
  return fail(ErrorKind::input, "no backup that was proven belongs to what is left");
}

bool
is_irreversible(const Stage& stage, const EnvironmentState& here, std::string_view commit)
{
  const Promotion* promotion = here.newest_of(commit);
  return stage.irreversible || (promotion != nullptr && promotion->risk == name_of(Risk::high));
}

Execution::MaybeEnding
Execution::back_without_a_target()
{
  TRY_ASSIGN(Ending ending,
             finish(EntryKind::failed, Verdict::fail,
                    fmt::format("{}; there is no previous release to go back to", cause_of(promotion()))));
  ending.fix =
      stage_.runbook.empty() ? "mend it and promote the next commit" : fmt::format("follow {}", stage_.runbook);
  return ending;
}

Result<BackupProof>
Execution::backup_to_restore() const
{
  return restorable_backup(
      {stage_, session_.ledger.state().of(environment_), promotion().commit, session_.input.input.directory});
}

std::vector<Execution::Planned>
Execution::steps_back()
{
  const Hooks& hooks = stage_.hooks;
  std::vector<Planned> steps;
  if (hooks.diagnose) {
    steps.push_back({"diagnose", hooks.diagnose.repeat, [&] { return run_step_hook(hooks.diagnose, "diagnose"); }});
  }
  steps.push_back({"rollback", hooks.rollback.repeat, [&]() -> Result<StepEnd> {
                     if (!hooks.rollback) {
                       return StepEnd{"failed", "the pipeline has no hook `rollback`"};
                     }
                     return run_step_hook(hooks.rollback, "rollback", {{"SLUICE_DATA", promotion().data}});
                   }});
  if (promotion().restores_data()) {
    steps.push_back(restoring());
  }
  const Release target = *promotion().previous;
  steps.push_back({"verify-rollback", Repeat::safe, [this, target] { return watch("verify-rollback", target); }});
  return steps;
}

Execution::Planned
Execution::restoring()
{
  const Hook& hook = stage_.hooks.restore;
  return {"restore", hook.repeat, [this, &hook]() -> Result<StepEnd> {
            const auto backup = backup_to_restore();
            if (!backup) {
              return StepEnd{"failed", backup.error().message};
            }
            return run_step_hook(hook, "restore", {{"SLUICE_BACKUP_FILE", backup->file}});
          }};
}

/// What is live was never left. The data may have been changed.
Execution::MaybeEnding
Execution::back_from_nothing(const std::string& cause)
{
  const bool restores = promotion().has_migrated() && promotion().restores_data();
  if (restores) {
    TRY_ASSIGN(auto ending, perform(restoring()));
    if (ending) {
      return ending;
    }
  }
  TRY_ASSIGN(Ending ending, finish(EntryKind::rolled_back, Verdict::fail,
                                   fmt::format("{}; nothing was deployed{}", cause,
                                               restores ? ", and the data are what they were before" : "")));
  return ending;
}

Execution::MaybeEnding
Execution::back()
{
  const Promotion& now = promotion();
  const std::string cause = cause_of(now);
  if (!now.has_deployed()) {
    return back_from_nothing(cause);
  }
  if (!now.previous) {
    return back_without_a_target();
  }
  if (is_irreversible(stage_, session_.ledger.state().of(environment_), now.commit) && now.data.empty()) {
    return ask("rollback", fmt::format("{}; what becomes of the data must be said", cause),
               fmt::format("sluice promote rollback --environment {} --data keep, or --data restore", environment_));
  }
  if (now.restores_data() && now.step("rollback") == nullptr) {
    if (const auto backup = backup_to_restore(); !backup) {
      return ask("rollback", fmt::format("{}; the data cannot be restored: {}", cause, backup.error().message),
                 fmt::format("sluice promote rollback --environment {} --data keep", environment_));
    }
  }
  for (const Planned& step : steps_back()) {
    TRY_ASSIGN(auto ending, perform(step));
    if (ending) {
      return ending;
    }
  }
  TRY_ASSIGN(Ending ending, finish(EntryKind::rolled_back, Verdict::fail, cause));
  return ending;
}

}  // namespace sluice::promote
