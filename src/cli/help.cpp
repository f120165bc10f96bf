// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include "base/text.hpp"
#include "cli/gate_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace sluice::cli {

namespace {

std::string
command_list(const gate::Type& type, std::size_t width)
{
  constexpr std::size_t column = 32;
  std::string text = "Commands:\n";
  for (const gate::Command* command : commands_of(type)) {
    std::string usage = fmt::format("  {} {}", command->name, command->arguments);
    usage.resize(std::max(column, usage.size() + 1), ' ');
    text += usage + folded(command->help, column, width) + "\n";
  }
  return text;
}

std::string
section_help(const config::OptionTable& table, std::string_view section, std::size_t width)
{
  const std::size_t column = width < 70 ? 8 : 32;
  std::string text;
  for (const config::Option& option : table.options()) {
    if (option.section != section || config::holds_records(option.kind)) {
      continue;
    }
    std::string usage = fmt::format("  {}", flag_usage(option.spec));
    usage += usage.size() + 1 < column ? std::string(column - usage.size(), ' ') : "\n" + std::string(column, ' ');
    text += usage + folded(full_help(option), column, width) + "\n";
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
folded(std::string_view text, std::size_t indent, std::size_t width)
{
  std::string result;
  std::size_t column = indent;
  for (const std::string_view word : split(text, ' ')) {
    if (column > indent && column + 1 + word.size() > width) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result;
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
    text += fmt::format("  {}  {}\n", row.status, folded(meaning, 5, width));
  }
  return text;
}

std::string
gate_help(const gate::Type& type, const config::OptionTable& table, std::size_t width)
{
  const gate::Info& info = type.face->info;
  std::string text = folded(fmt::format("sluice-{}: {}", info.name, info.question), 2, width) + "\n\n";
  text += fmt::format("Usage: sluice-{0} [OPTION …]\n       sluice-{0} COMMAND [OPTION …]\n\n{1}\n\n", info.name,
                      folded(info.description, 0, width));
  text += option_help(table, width) + "\n" + command_list(type, width) + "\n";
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
  return fmt::format("Usage: sluice-{} {} [OPTION …] {}\n\n{}\n\n{}", type.face->info.name, command.name,
                     command.arguments, folded(command.help, 0, width), option_help(table, width));
}

}  // namespace sluice::cli
