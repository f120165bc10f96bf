// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include "base/utf8.hpp"
#include "cli/gate_command.hpp"
#include "finding/executable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace sluice::cli {

namespace {

/// Where help begins behind a name; below it where there is no room for both.
std::size_t
help_column(std::size_t width)
{
  return width < 70 ? 8 : 32;
}

std::string
command_list(std::span<const gate::Command* const> commands, std::size_t width)
{
  std::string text = "Commands:\n";
  for (const gate::Command* command : commands) {
    const std::string usage = fmt::format("  {} {}", command->name, command->arguments);
    text += described(usage, command->help, help_column(width), width);
  }
  return text;
}

std::string
section_help(const config::OptionTable& table, std::string_view section, std::size_t width)
{
  std::string text;
  for (const config::Option& option : table.options()) {
    if (option.section != section || config::holds_records(option.kind)) {
      continue;
    }
    text += described(fmt::format("  {}", flag_usage(option.spec)), full_help(option), help_column(width), width);
  }
  return text;
}

/// Those of the command itself and those that it heeds beside them.
std::string
command_options(const gate::Command& command, const config::OptionTable& table, std::size_t width)
{
  config::OptionTable own;
  const std::unique_ptr<gate::Options> options = command.options();
  options->bind(own);
  std::vector<std::string_view> keys = own.keys();
  keys.insert(keys.end(), command.heeds.begin(), command.heeds.end());
  keys.push_back("help");
  std::string text;
  for (const config::Option& option : table.options()) {
    if (std::find(keys.begin(), keys.end(), option.spec.key) == keys.end() || config::holds_records(option.kind)) {
      continue;
    }
    text += described(fmt::format("  {}", flag_usage(option.spec)), full_help(option), help_column(width), width);
  }
  if (!command.formats.empty()) {
    text += described("      --format NAME[=FILE]",
                      fmt::format("{}, to a file or to standard output; may be repeated (default {}).",
                                  fmt::join(command.formats, " or "), command.formats.front()),
                      help_column(width), width);
  }
  return text;
}

}  // namespace

std::string
flag_usage(const config::OptionSpec& spec)
{
  const std::string letter = spec.letter == 0 ? "    " : fmt::format("-{}, ", spec.letter);
  return fmt::format("{}--{}{}{}", letter, spec.key, spec.value.empty() ? "" : " ", spec.value);
}

std::string
full_help(const config::Option& option)
{
  std::string help(option.spec.help);
  if (option.spec.holds == config::Holds::place) {
    help += option.spec.trust == config::Trust::operator_only
                ? " A relative path starts at the working directory."
                : " A relative path starts at the working directory, in .sluice.yml at the root of the repository.";
  }
  if (!option.choices.empty()) {
    help += fmt::format(" One of {}", fmt::join(option.choices, ", "));
  }
  const bool has_default = !option.built_in.empty() && option.kind != config::OptionKind::toggle;
  if (has_default && option.choices.empty()) {
    help.insert(help.size() - 1, fmt::format(" (default {})", option.built_in));
  } else if (!option.choices.empty()) {
    help += has_default ? fmt::format("; default {}.", option.built_in) : ".";
  }
  return help;
}

std::string
described(std::string_view name, std::string_view description, std::size_t column, std::size_t width)
{
  const std::size_t used = display_width(name);
  const std::string behind = used < column ? std::string(column - used, ' ') : "\n" + std::string(column, ' ');
  return fmt::format("{}{}{}\n", name, behind, folded(description, column, width));
}

std::string
option_help(const config::OptionTable& table, std::size_t width)
{
  std::vector<std::string_view> sections;
  for (const config::Option& option : table.options()) {
    if (!option.section.empty() && std::find(sections.begin(), sections.end(), option.section) == sections.end()) {
      sections.push_back(option.section);
    }
  }
  std::string text;
  for (const std::string_view section : sections) {
    text += fmt::format("Options of {}:\n{}\n", section, section_help(table, section, width));
  }
  return text
         + fmt::format("{}:\n{}", sections.empty() ? "Options" : "Options of every gate",
                       section_help(table, "", width));
}

std::string
exit_statuses(std::size_t width)
{
  std::string text = "Exit status:\n";
  for (const VerdictMeaning& row : verdict_meanings()) {
    const std::string meaning = fmt::format("{}: {}", name_of(row.verdict), row.meaning);
    text += described(fmt::format("  {}", row.status), meaning, 5, width);
  }
  return text;
}

std::string
gate_help(const gate::Type& type, const config::OptionTable& table, std::size_t width)
{
  const gate::Info& info = type.face->info;
  const std::string executable = executable_name(info.name);
  std::string text = folded(fmt::format("{}: {}", executable, info.question), 2, width) + "\n\n";
  text += fmt::format("Usage: {0} [OPTION …]\n       {0} COMMAND [OPTION …]\n\n{1}\n\n", executable,
                      folded(info.description, 0, width));
  text += option_help(table, width) + "\n" + command_list(commands_of(type), width) + "\n";
  text += folded("Every option can also be written in .sluice.yml (see `sluice init`), as SLUICE_FAIL_ON=… in the "
                 "environment and as an input of the action; flags win.",
                 0, width)
          + "\n\n";
  if (!info.examples.empty()) {
    text += "Examples:\n";
    for (const gate::Example& example : info.examples) {
      text += fmt::format("  # {}\n  {}\n", folded(example.comment, 4, width), example.command);
    }
    text += "\n";
  }
  return text + exit_statuses(width);
}

std::string
command_help(const gate::Type& type, const gate::Command& command, const config::OptionTable& table, std::size_t width)
{
  const std::string executable = executable_name(type.face->info.name);
  std::string text = fmt::format("Usage: {} {} [OPTION …] {}\n\n{}\n\n", executable, command.name, command.arguments,
                                 folded(command.help, 0, width));
  text += fmt::format("Options:\n{}\n", command_options(command, table, width));
  if (!command.example.empty()) {
    text += fmt::format("Example:\n  {} {}\n\n", executable, command.example);
  }
  return text
         + folded(fmt::format("The other options of {0} are understood, too; `{0} --help` lists them.", executable), 0,
                  width)
         + "\n";
}

std::string
group_help(const gate::Type& type, std::span<const gate::Command* const> commands, std::size_t width)
{
  const std::string executable = executable_name(type.face->info.name);
  const std::string_view name = commands.front()->name;
  return fmt::format("Usage: {} COMMAND [OPTION …]\n\n{}\nEach has a --help of its own: {} {} --help\n", executable,
                     command_list(commands, width), executable, name);
}

}  // namespace sluice::cli
