// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/execution.hpp"
namespace sluice::promote {
Result<StepEnd>
Execution::watch(std::string_view step, const Release&)
{
  HookCall call;
  call.variables = variables(step);
  call.process = &session_.process();
  call.directory = session_.input.input.directory;
  auto o = run_hook(stage_.hooks.probe, call);
  if (o.status == 75)
    return StepEnd{"cannot-observe", "cut off"};
  if (o.status != 0)
    return StepEnd{"unhealthy", o.why};
  return StepEnd{};
}
Result<StepEnd>
Execution::back_up()
{
  return run_step_hook(stage_.hooks.backup, "backup");
}
Result<StepEnd>
Execution::migrate()
{
  return run_step_hook(stage_.hooks.migrate, "migrate");
}
}  // namespace sluice::promote
