// SPDX-License-Identifier: Apache-2.0
#include "deps/commands.hpp"

#include "deps/bill/bill_command.hpp"
#include "deps/comparing.hpp"
#include "deps/database_commands.hpp"
#include "deps/listing.hpp"

#include <array>

namespace sluice::deps {

namespace {

constexpr std::array<std::string_view, 1> heeds_database{"db"};
constexpr std::array<std::string_view, 2> heeds_import{"db", "as-of"};
constexpr std::array<std::string_view, 6> heeds_update{"db", "db-key", "update-from", "kev-from", "epss-from", "repo"};
constexpr std::array<std::string_view, 3> heeds_bill{"repo", "head", "exclude"};

constexpr auto all_commands = std::to_array<gate::Command>(
    {{.name = "packages",
      .arguments = "FILE",
      .help = "Prints what a lockfile says, one JSON object a line for each package.",
      .least_arguments = 1,
      .most_arguments = 1,
      .run = gate::command_with<gate::NoOptions, list_packages>,
      .answer = gate::Answer::json,
      .example = "packages package-lock.json"},
     {.name = "compare",
      .arguments = "ECOSYSTEM [A B]",
      .help = "Prints the order of two versions as <, = or >, and ? where one is none; without them, of each pair on "
              "standard input, a tab between.",
      .least_arguments = 1,
      .most_arguments = 3,
      .run = gate::command_with<gate::NoOptions, compare_versions>,
      .example = "compare npm 1.10.0 1.9.0"},
     {.name = "admits",
      .arguments = "ECOSYSTEM [RANGE VERSION]",
      .help = "Prints whether a range has a version, y or n, and ? where one is none; without them, of each pair on "
              "standard input, a tab between. Of npm, PyPI, RubyGems, Packagist, crates.io, Hex and NuGet.",
      .least_arguments = 1,
      .most_arguments = 3,
      .run = gate::command_with<gate::NoOptions, tell_admission>,
      .example = "admits npm '^1.2.0' 1.3.0"},
     {.name = "db import",
      .arguments = "PATH…",
      .help = "Adds advisories in the OSV format, as JSON or YAML, in folders or zip archives, to the database.",
      .least_arguments = 1,
      .most_arguments = 10'000,
      .run = gate::command_with<gate::NoOptions, import_database>,
      .heeds = heeds_import,
      .example = "db import --db advisories all.zip"},
     {.name = "db update",
      .arguments = "",
      .help = "Brings the database up to date from OSV's bulk data or a mirror of it.",
      .options = gate::make_options<UpdateOptions>,
      .run = gate::command_with<UpdateOptions, update_database_command>,
      .needs = {.http = true},
      .heeds = heeds_update,
      .example = "db update --ecosystems npm"},
     {.name = "db export",
      .arguments = "DIR",
      .help = "Copies the database for another machine or a mirror, with a manifest that can be signed.",
      .least_arguments = 1,
      .most_arguments = 1,
      .options = gate::make_options<ExportOptions>,
      .run = gate::command_with<ExportOptions, export_database_command>,
      .heeds = heeds_import,
      .example = "db export --sign private.pem mirror"},
     {.name = "db info",
      .arguments = "",
      .help = "Tells what the database holds, and checks all of it.",
      .run = gate::command_with<gate::NoOptions, describe_database>,
      .heeds = heeds_database,
      .example = "db info"},
     {.name = "query",
      .arguments = "",
      .help = "Judges packages on standard input, each a line of ecosystem, name and version with tabs between, and "
              "prints one JSON object for each.",
      .run = gate::command_with<gate::NoOptions, query_database>,
      .answer = gate::Answer::json,
      .heeds = heeds_database,
      .example = "query <packages.tsv"},
     {.name = "sbom",
      .arguments = "[FILE…]",
      .help = "Prints a bill of materials of these lockfiles, by default of all that the repository tracks, as "
              "CycloneDX 1.6, or with --format spdx as SPDX 2.3; with --format NAME=FILE, into files.",
      .most_arguments = 10'000,
      .options = gate::make_options<BillOptions>,
      .run = gate::command_with<BillOptions, print_bill>,
      .formats = bill_formats,
      .heeds = heeds_bill,
      .example = "sbom --format cyclonedx=bom.json --format spdx=bom.spdx.json"}});

}  // namespace

std::span<const gate::Command>
commands()
{
  return all_commands;
}

}  // namespace sluice::deps
