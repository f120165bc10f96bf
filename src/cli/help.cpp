// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace sluice::cli {

namespace {

constexpr std::string_view exit_statuses =
    "Exit status:\n"
    "  0  pass: complete, nothing at or above the threshold\n"
    "  1  fail: findings at or above the threshold\n"
    "  2  usage: bad flag, bad configuration, unreadable input; nothing was judged\n"
    "  3  incomplete: something could not be examined, and the policy does not accept that\n"
    "  4  unavailable: a service that was asked for could not be reached\n";

std::string
section_help(const config::OptionTable& table, std::string_view section, std::size_t width)
{
  constexpr std::size_t column = 32;
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
gate_help(const ci::GateInfo& info, const config::OptionTable& table, std::size_t width)
{
  std::string text = fmt::format("sluice-{}: {}\n\nUsage: sluice-{} [OPTION …]\n\n{}\n\n", info.name, info.question,
                                 info.name, folded(info.description, 0, width));
  text += option_help(table, width);
  text += "\n"
          + folded("Every option can also be written in .sluice.yml (see `sluice init`), as SLUICE_FAIL_ON=… in the "
                   "environment and as an input of the action; flags win.",
                   0, width)
          + "\n\n";
  if (!info.examples.empty()) {
    text += "Examples:\n";
    for (const ci::GateExample& example : info.examples) {
      text += fmt::format("  # {}\n  {}\n", folded(example.comment, 4, width), example.command);
    }
    text += "\n";
  }
  return text + std::string(exit_statuses);
}

}  // namespace sluice::cli
