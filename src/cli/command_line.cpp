// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.hpp"

#include "base/text.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace sluice::cli {

namespace {

std::string
spelling(const config::OptionSpec& spec)
{
  return spec.letter == 0 ? fmt::format("--{}", spec.key) : fmt::format("-{},--{}", spec.letter, spec.key);
}

void
add_to(CLI::App& app, const config::Option& option, CommandLine& line)
{
  const std::string key(option.spec.key);
  const auto keep = [&line, key](const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      line.flags.emplace_back(key, value);
    }
    return true;
  };
  if (option.kind == config::OptionKind::toggle) {
    app.add_flag_function(spelling(option.spec), [&line, key](std::int64_t count) {
      line.flags.emplace_back(key, count > 0 ? "true" : "false");
    });
    return;
  }
  CLI::Option* flag = app.add_option(spelling(option.spec), keep)->type_size(1);
  if (option.kind == config::OptionKind::list || option.kind == config::OptionKind::choice_map) {
    flag->expected(1)->take_all();
  } else {
    flag->take_last();
  }
}

std::string
unknown_flag(const config::OptionTable& table, std::string_view flag)
{
  const std::string_view name = flag.substr(0, flag.find('='));
  std::vector<std::string> spelled;
  for (const std::string_view key : table.keys()) {
    spelled.push_back(fmt::format("--{}", key));
  }
  const std::vector<std::string_view> candidates(spelled.begin(), spelled.end());
  return fmt::format("{}: is not a flag{}", printable(name), did_you_mean(name, candidates));
}

/// Many commands take the directory to work on as an argument; ours has a flag for it.
std::string
unexpected_argument(const std::string& argument, const config::OptionTable& table)
{
  const std::vector<std::string_view> keys = table.keys();
  const bool has_repo = std::find(keys.begin(), keys.end(), "repo") != keys.end();
  const std::string shown = printable(argument);
  return has_repo ? fmt::format("{}: unexpected argument; to examine a directory: --repo {}", shown, shown)
                  : fmt::format("{}: unexpected argument", shown);
}

}  // namespace

bool
CommandLine::has(std::string_view key) const
{
  return std::any_of(flags.begin(), flags.end(), [key](const auto& flag) { return flag.first == key; });
}

Result<CommandLine>
parse_command_line(const config::OptionTable& table, std::span<const std::string> arguments, std::size_t max_positional)
{
  CommandLine line;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  for (const config::Option& option : table.options()) {
    if (option.kind != config::OptionKind::records) {
      add_to(app, option, line);
    }
  }
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return fail(ErrorKind::usage, "{}", printable(error.what()));
  }
  std::vector<std::string> problems;
  for (const std::string& rest : app.remaining()) {
    if (rest.starts_with('-') && rest.size() > 1 && rest != "--") {
      problems.push_back(unknown_flag(table, rest));
    } else if (rest != "--") {
      line.positional.push_back(rest);
    }
  }
  // What follows an unknown flag is most likely its value.
  if (problems.empty() && line.positional.size() > max_positional) {
    problems.push_back(unexpected_argument(line.positional[max_positional], table));
  }
  if (!problems.empty()) {
    return fail(ErrorKind::usage, "{}", join(problems, "\n"));
  }
  return line;
}

}  // namespace sluice::cli
