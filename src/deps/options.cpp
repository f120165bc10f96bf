// SPDX-License-Identifier: Apache-2.0
#include "deps/options.hpp"

namespace sluice::deps {

// What can make the gate look elsewhere or away is no change's own to set.
void
describe(DepsOptions& options, config::OptionTable& table)
{
  using config::Trust;
  table.text(options.db, {.key = "db",
                          .value = "DIR",
                          .help = "The directory of the advisory database, which `sluice deps db update` makes.",
                          .trust = Trust::base_ref});
  table.list(options.exclude, {.key = "exclude",
                               .value = "GLOB",
                               .help = "Lockfiles that are not judged; the report names them.",
                               .trust = Trust::base_ref});
}

}  // namespace sluice::deps
