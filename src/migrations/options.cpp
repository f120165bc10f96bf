// SPDX-License-Identifier: Apache-2.0
#include "migrations/options.hpp"

namespace sluice::migrations {

// Each of these can make the gate look elsewhere or away, so a change under test may set none.
void
describe(MigrationsOptions& options, config::OptionTable& table)
{
  using config::Trust;
  table.list(options.paths, {.key = "paths",
                             .value = "PATH",
                             .help = "Directories of migrations or single files; by default they are looked for.",
                             .trust = Trust::base_ref});
  table.choice(
      options.framework,
      {.key = "framework", .value = "NAME", .help = "The tool that runs the migrations.", .trust = Trust::base_ref});
  table.choice(options.transaction, {.key = "transaction",
                                     .value = "MODE",
                                     .help = "Whether each plain file runs as one transaction.",
                                     .trust = Trust::base_ref});
  table.text(options.supabase_cli_version,
             {.key = "supabase-cli-version",
              .value = "VERSION",
              .help = "Version of Supabase's command line that deploys; by default the newest.",
              .trust = Trust::base_ref});
  table.list(options.exclude, {.key = "exclude",
                               .value = "GLOB",
                               .help = "Migrations that are read for what they create but not judged.",
                               .trust = Trust::base_ref});
  table.list(options.disable,
             {.key = "disable", .value = "RULE", .help = "Rules that are not applied.", .trust = Trust::base_ref});
}

}  // namespace sluice::migrations
