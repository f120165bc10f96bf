// SPDX-License-Identifier: Apache-2.0
#include "promote/commands.hpp"

#include "promote/init_command.hpp"

#include <array>

namespace sluice::promote {

namespace {

constexpr std::array<std::string_view, 1> heeds_init{"repo"};

constexpr auto all_commands = std::to_array<gate::Command>(
    {{.name = "init",
      .arguments = "",
      .help = "Writes promotion.yml, the scripts of its hooks and a workflow, from a recipe for how the service is "
              "hosted.",
      .options = gate::make_options<InitOptions>,
      .run = gate::command_with<InitOptions, init_command>,
      .heeds = heeds_init,
      .example = "init --recipe fly"}});

}  // namespace

std::span<const gate::Command>
commands()
{
  return all_commands;
}

}  // namespace sluice::promote
