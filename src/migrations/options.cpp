// SPDX-License-Identifier: Apache-2.0
#include "migrations/options.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

/// "2.109.0", "v2.109": anything else would silently count as some version.
bool
is_version(std::string_view version)
{
  const std::string_view digits = version.starts_with('v') ? version.substr(1) : version;
  const std::vector<std::string_view> parts = split(digits, '.');
  return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return !part.empty() && part.size() < 8 && part.find_first_not_of("0123456789") == std::string_view::npos;
         });
}

std::span<const std::string_view>
framework_choices()
{
  static const std::vector<std::string_view> choices = [] {
    std::vector<std::string_view> all{automatic};
    all.insert(all.end(), framework_ids().begin(), framework_ids().end());
    return all;
  }();
  return choices;
}

}  // namespace

// Each of these can make the gate look elsewhere or away, so a change under test may set none.
void
describe(MigrationsOptions& options, config::OptionTable& table)
{
  using config::Trust;
  table.choice(options.scope,
               {.key = "scope",
                .value = "SCOPE",
                .help = "Which migrations are judged: those that the event brings (without an event all), "
                        "those of a range, what is staged, all of them, or the files on disk.",
                .trust = Trust::base_ref});
  table.list(options.paths, {.key = "paths",
                             .value = "PATH",
                             .help = "Directories of migrations or single files; by default they are looked for.",
                             .trust = Trust::base_ref,
                             .holds = config::Holds::paths});
  table.one_of(
      options.framework, framework_choices(),
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
}

void
check(const MigrationsOptions& options, config::OptionChecks& checks)
{
  if (!options.supabase_cli_version.empty() && !is_version(options.supabase_cli_version)) {
    checks.refuse("supabase-cli-version", fmt::format("must be a version such as 2.109.0, not \"{}\"",
                                                      printable(options.supabase_cli_version)));
  }
}

}  // namespace sluice::migrations
