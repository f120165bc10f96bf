// SPDX-License-Identifier: Apache-2.0
//
// action.yml of the umbrella and of each gate. No input has a default here: the runner could not tell it from what the
// user wrote, and the configuration file would never count.
#include "cli/help.hpp"
#include "dev/generate.hpp"
#include "dev/option_tables.hpp"

#include <fmt/format.h>

namespace sluice::dev {

namespace {

/// The inputs of one section of the table, each called `prefix` + key.
std::string
inputs_of(const config::OptionTable& table, std::string_view section, std::string_view prefix = "")
{
  std::string text;
  for (const config::Option& option : table.options()) {
    if (is_input(option) && option.section == section) {
      text += fmt::format("  {}{}:\n    description: {}\n    required: false\n", prefix, option.spec.key,
                          yaml_quoted(cli::full_help(option)));
    }
  }
  return text;
}

std::string
outputs()
{
  std::vector<std::string_view> verdicts;
  for (const VerdictMeaning& row : verdict_meanings()) {
    verdicts.push_back(name_of(row.verdict));
  }
  return fmt::format("outputs:\n"
                     "  result:\n    description: {}\n"
                     "  findings-count:\n    description: \"Number of findings that fail the run\"\n"
                     "  highest-severity:\n    description: \"Highest severity among them; empty if there is none\"\n"
                     "  range:\n    description: \"What was examined\"\n",
                     yaml_quoted(fmt::format("The verdict: one of {}", fmt::join(verdicts, ", "))));
}

GeneratedFile
umbrella(Gates gates)
{
  config::CommonOptions common;
  config::OptionTable table;
  config::describe(common, table);
  std::vector<std::string_view> names{"check"};
  for (const gate::Type* gate : gates) {
    names.push_back(gate->face->info.name);
  }
  std::string text = head_of_generated("#");
  text += "name: Sluice\n"
          "description: Gates between a commit and production. No account, no token, no network.\n"
          "author: The Sluice authors\n"
          "branding:\n  icon: shield\n  color: blue\n"
          "inputs:\n";
  text += fmt::format("  command:\n    description: {}\n    required: false\n",
                      yaml_quoted(fmt::format("What to run: one of {}; default check.", fmt::join(names, ", "))));
  text += fmt::format("  gates:\n    description: {}\n    required: false\n",
                      yaml_quoted("The gates that check runs; all of them if none is named."));
  text += inputs_of(table, "");
  for (const gate::Type* gate : gates) {
    const std::string_view name = gate->face->info.name;
    text += inputs_of(GateOptions(*gate).table, name, fmt::format("{}-", name));
  }
  text += outputs();
  text += "runs:\n  using: docker\n  image: Dockerfile\n";
  return {"action.yml", text};
}

GeneratedFile
gate_manifest(const gate::Type& type)
{
  const GateOptions options(type);
  std::string text = head_of_generated("#");
  text += fmt::format("name: Sluice {}\ndescription: {}\nauthor: The Sluice authors\n", type.face->info.name,
                      yaml_quoted(type.face->info.question));
  text += "branding:\n  icon: shield\n  color: blue\ninputs:\n";
  text += inputs_of(options.table, type.face->info.name) + inputs_of(options.table, "");
  text += outputs();
  text += fmt::format("runs:\n  using: docker\n  image: ../../Dockerfile\n  args:\n    - {}\n", type.face->info.name);
  return {fmt::format("actions/{}/action.yml", type.face->info.name), text};
}

}  // namespace

std::vector<GeneratedFile>
action_manifests(Gates gates)
{
  std::vector<GeneratedFile> files{umbrella(gates)};
  for (const gate::Type* gate : gates) {
    files.push_back(gate_manifest(*gate));
  }
  return files;
}

}  // namespace sluice::dev
