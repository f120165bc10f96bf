// SPDX-License-Identifier: Apache-2.0
//
// The step that must not be left out: the hook `backup`, and the proof that the dump of a database comes back.
#include "base/text.hpp"
#include "promote/backup/backup.hpp"
#include "promote/engine/execution.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

/// The backup that was proven before the release of an environment came in; null if there is none.
const Json*
backup_of(const EnvironmentState& state)
{
  for (auto each = state.promotions.rbegin(); each != state.promotions.rend(); ++each) {
    const Step* step = each->step("backup");
    if (each->end == EntryKind::confirmed && step != nullptr && step->body["backup"].is_object()) {
      return &step->body["backup"];
    }
  }
  return nullptr;
}

/// What retention must leave: what the newest confirmed release of any environment would be restored from.
std::set<std::string>
needed_files(const State& state)
{
  std::set<std::string> needed;
  for (const auto& [name, environment] : state.environments) {
    if (const Json* backup = backup_of(environment)) {
      needed.insert(text_of(*backup, "file"));
      needed.insert(text_of(*backup, "sha256"));
    }
  }
  return needed;
}

/// Where the hook is what writes the file, its work is compared with the source before and after it.
bool
is_the_dump(const Hook& hook, const DatabaseBackup& backup)
{
  return hook && backup.dump.empty() && !backup.source.empty() && !backup.file.empty();
}

}  // namespace

Result<StepEnd>
Execution::back_up()
{
  DatabaseBackup setting = stage_.database_backup;
  const Hook& hook = stage_.hooks.backup;
  StepEnd end;
  if (is_the_dump(hook, setting)) {
    setting.dump = hook.run;
    setting.timeout = hook.timeout;
  } else if (hook) {
    TRY_ASSIGN(end, run_step_hook(hook, "backup"));
  }
  if (!setting || end.outcome != "done") {
    return end;
  }
  Environment process = session_.process();
  for (const auto& [name, value] : variables("backup")) {
    process.insert_or_assign(name, value);
  }
  const auto outcome = take_backup({.setting = setting,
                                    .directory = session_.input.input.directory,
                                    .process = process,
                                    .now = session_.clock.now(),
                                    .tick = [this] { return beat(); },
                                    .keep = needed_files(session_.ledger.state())});
  if (!outcome) {
    return StepEnd{"failed", outcome.error().message};
  }
  for (const std::string& note : outcome->notes) {
    session_.tell(fmt::format("{}: {}", environment_, note));
  }
  if (outcome->kind != BackupOutcome::Kind::proven) {
    return StepEnd{"failed", outcome->why};
  }
  end.body.at("backup") = json_of(outcome->proof);
  return end;
}

}  // namespace sluice::promote
