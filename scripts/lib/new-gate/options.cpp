// SPDX-License-Identifier: Apache-2.0
#include "@name@/options.hpp"

namespace sluice::@name@ {

// What can make the gate look elsewhere or away is no change's own to set.
void
describe(@Name@Options& options, config::OptionTable& table)
{
  table.list(options.exclude, {.key = "exclude",
                               .value = "GLOB",
                               .help = "Files that are not looked at.",
                               .trust = config::Trust::base_ref});
}

}  // namespace sluice::@name@
