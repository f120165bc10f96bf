// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/execution.hpp"

namespace sluice::promote {

Result<StepEnd>
Execution::back_up()
{
  return run_step_hook(stage_.hooks.backup, "backup");
}

}  // namespace sluice::promote
