// SPDX-License-Identifier: Apache-2.0
//
// action.yml of the umbrella and of each gate. No input has a default here: the runner could not tell it from what the
// user wrote, and the configuration file would never count. What a pipeline turns on (gate::Kept) is a variable of the
// container, which an input of the same option beats.
//
// A container cannot call the action that keeps files between runs, and steps can name an action only by a fixed path
// or a fixed owner, which we do not know. So the action of a gate that keeps something is a few steps: its own tree is
// copied beside the workspace, from where the last step names the container.
#include "cli/help.hpp"
#include "dev/generate.hpp"
#include "dev/option_tables.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <utility>

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

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> plain_outputs{
    {{"findings-count", "Number of findings that fail the run"},
     {"highest-severity", "Highest severity among them; empty if there is none"},
     {"range", "What was examined"}}};

/// `of_step` is the step that has them, where the action is several.
std::string
outputs(std::string_view of_step = {})
{
  std::vector<std::string_view> verdicts;
  for (const VerdictMeaning& row : verdict_meanings()) {
    verdicts.push_back(name_of(row.verdict));
  }
  std::string text = "outputs:\n";
  const auto add = [&](std::string_view name, std::string_view description) {
    text += fmt::format("  {}:\n    description: {}\n", name, yaml_quoted(description));
    if (!of_step.empty()) {
      text += fmt::format("    value: ${{{{ steps.{}.outputs.{} }}}}\n", of_step, name);
    }
  };
  add("result", fmt::format("The verdict: one of {}", fmt::join(verdicts, ", ")));
  for (const auto& [name, description] : plain_outputs) {
    add(name, description);
  }
  return text;
}

/// What a container is told that is not the user's to say again; `section` is the gate's name where several are run.
std::string
environment_of(const gate::Info& info, std::string_view section)
{
  if (info.kept.directory.empty()) {
    return {};
  }
  const std::string option =
      section.empty() ? std::string(info.kept.toggle) : fmt::format("{}-{}", section, info.kept.toggle);
  return fmt::format("    {}: \"true\"\n", own_variable(option));
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
  std::string environment;
  for (const gate::Type* gate : gates) {
    environment += environment_of(gate->face->info, gate->face->info.name);
  }
  text += environment.empty() ? "" : "  env:\n" + environment;
  return {"action.yml", text};
}

std::string
head_of(const gate::Type& type)
{
  const GateOptions options(type);
  const gate::Info& info = type.face->info;
  return head_of_generated("#")
         + fmt::format("name: Sluice {}\ndescription: {}\nauthor: The Sluice authors\n", info.name,
                       yaml_quoted(info.question))
         + "branding:\n  icon: shield\n  color: blue\ninputs:\n" + inputs_of(options.table, info.name)
         + inputs_of(options.table, "");
}

/// `up` leads to the root of this repository.
std::string
container(const gate::Info& info, std::string_view up)
{
  const std::string environment = environment_of(info, "");
  return fmt::format("runs:\n  using: docker\n  image: {}Dockerfile\n  args:\n    - {}\n{}{}", up, info.name,
                     environment.empty() ? "" : "  env:\n", environment);
}

/// Every input of the action as the container's.
std::string
handed_on(const gate::Type& type)
{
  const GateOptions options(type);
  std::string text;
  for (const std::string_view section : {type.face->info.name, std::string_view()}) {
    for (const config::Option& option : options.table.options()) {
      if (is_input(option) && option.section == section) {
        text += fmt::format("        {0}: ${{{{ inputs.{0} }}}}\n", option.spec.key);
      }
    }
  }
  return text;
}

/// The directory is where a container's home lies on the runner.
std::string
steps_of(const gate::Type& type)
{
  const gate::Info& info = type.face->info;
  return fmt::format(R"yaml(runs:
  using: composite
  steps:
    - id: day
      if: inputs.{toggle} != 'false'
      shell: bash
      run: echo "day=$(date -u +%F)" >>"$GITHUB_OUTPUT"
    - if: inputs.{toggle} != 'false'
      uses: actions/cache@v4
      with:
        path: ${{{{ runner.temp }}}}/_github_home/.cache/sluice/{directory}
        key: sluice-{directory}-${{{{ steps.day.outputs.day }}}}
        restore-keys: sluice-{directory}-
    - shell: bash
      run: |
        rm -rf "$GITHUB_WORKSPACE/../.sluice-action"
        cp -R "$GITHUB_ACTION_PATH/../.." "$GITHUB_WORKSPACE/../.sluice-action"
    - id: gate
      uses: ./../.sluice-action/actions/{name}/container
      with:
{inputs})yaml",
                     fmt::arg("toggle", info.kept.toggle), fmt::arg("directory", info.kept.directory),
                     fmt::arg("name", info.name), fmt::arg("inputs", handed_on(type)));
}

std::vector<GeneratedFile>
gate_manifests(const gate::Type& type)
{
  const gate::Info& info = type.face->info;
  const std::string path = fmt::format("actions/{}/action.yml", info.name);
  if (info.kept.directory.empty()) {
    return {{path, head_of(type) + outputs() + container(info, "../../")}};
  }
  return {{path, head_of(type) + outputs("gate") + steps_of(type)},
          {fmt::format("actions/{}/container/action.yml", info.name),
           head_of(type) + outputs() + container(info, "../../../")}};
}

}  // namespace

std::vector<GeneratedFile>
action_manifests(Gates gates)
{
  std::vector<GeneratedFile> files{umbrella(gates)};
  for (const gate::Type* gate : gates) {
    std::vector<GeneratedFile> own = gate_manifests(*gate);
    files.insert(files.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  }
  return files;
}

}  // namespace sluice::dev
