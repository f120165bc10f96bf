// SPDX-License-Identifier: Apache-2.0
#include "deps/gate.hpp"

#include "deps/comparing.hpp"
#include "deps/database_commands.hpp"
#include "deps/listing.hpp"
#include "deps/lockfile.hpp"
#include "deps/scheme.hpp"

namespace sluice::deps {

const gate::Type&
type()
{
  static const std::array<gate::Command, 5> commands{
      {{.name = "packages",
        .arguments = "FILE",
        .help = "Prints what a lockfile says, one JSON object a line for each package.",
        .least_arguments = 1,
        .most_arguments = 1,
        .run = gate::command_with<gate::NoOptions, list_packages>},
       {.name = "compare",
        .arguments = "ECOSYSTEM [A B]",
        .help = "Prints the order of two versions as <, = or >, and ? where one is none; without them, of each pair on "
                "standard input, a tab between.",
        .least_arguments = 1,
        .most_arguments = 3,
        .run = gate::command_with<gate::NoOptions, compare_versions>},
       {.name = "db import",
        .arguments = "PATH…",
        .help = "Adds advisories in the OSV format, as JSON or YAML, in folders or zip archives, to the database.",
        .least_arguments = 1,
        .most_arguments = 10'000,
        .run = gate::command_with<gate::NoOptions, import_database>},
       {.name = "db info",
        .arguments = "",
        .help = "Tells what the database holds, and checks all of it.",
        .run = gate::command_with<gate::NoOptions, describe_database>},
       {.name = "query",
        .arguments = "",
        .help = "Judges packages on standard input, each a line of ecosystem, name and version with tabs between, and "
                "prints one JSON object for each.",
        .run = gate::command_with<gate::NoOptions, query_database>}}};
  static const std::array<gate::Kind, 2> kinds{
      {{"lockfiles", lockfile_ids(), lockfile_listing}, {"schemes", scheme_ids(), scheme_listing}}};
  static const gate::Type type{
      .face = &face(), .run = gate::run_with<DepsOptions, run>, .commands = commands, .kinds = kinds};
  return type;
}

Result<Findings>
run(const DepsOptions& /*options*/, const gate::Input& /*input*/)
{
  return fail(ErrorKind::internal, "not built yet");
}

}  // namespace sluice::deps
