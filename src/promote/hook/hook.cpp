// SPDX-License-Identifier: Apache-2.0
#include "promote/hook/hook.hpp"

namespace sluice::promote {

void
describe(Hook& hook, config::OptionTable& table)
{
  using config::Trust;
  table.list(
      hook.run,
      {.key = "run", .value = "WORD", .help = "Words of the command; no shell reads them.", .trust = Trust::base_ref});
  table.duration(hook.timeout, std::chrono::seconds(1), std::chrono::hours(24),
                 {.key = "timeout",
                  .value = "DURATION",
                  .help = "After which it is ended, with all that it started.",
                  .trust = Trust::base_ref});
  table.choice(hook.repeat,
               {.key = "repeat",
                .value = "WHEN",
                .help = "What a resumed promotion does with it if it had begun and not ended: run it again "
                        "with the same idempotency key, or ask a person.",
                .trust = Trust::base_ref});
}

}  // namespace sluice::promote
