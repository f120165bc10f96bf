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

/// One flag, called `name`, and by the option's letter if it is called by its key.
void
add_to(CLI::App& app, const config::Option& option, const std::string& name, CommandLine& line)
{
  const bool has_letter = option.spec.letter != 0 && name == option.spec.key;
  const std::string spelling =
      has_letter ? fmt::format("-{},--{}", option.spec.letter, name) : fmt::format("--{}", name);
  const auto keep = [&line, name](const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      line.flags.emplace_back(name, value);
    }
    return true;
  };
  if (option.kind == config::OptionKind::toggle) {
    app.add_flag_function(
        spelling, [&line, name](std::int64_t count) { line.flags.emplace_back(name, count > 0 ? "true" : "false"); });
    return;
  }
  CLI::Option* flag = app.add_option(spelling, keep)->type_size(1);
  if (config::holds_items(option.kind)) {
    flag->expected(1)->take_all();
  } else {
    flag->take_last();
  }
}

std::string
unknown_flag(const std::map<std::string, const config::Option*>& flags, std::string_view flag)
{
  const std::string_view name = flag.substr(0, flag.find('='));
  std::vector<std::string> spelled;
  for (const auto& [known, option] : flags) {
    spelled.push_back(fmt::format("--{}", known));
  }
  const std::vector<std::string_view> candidates(spelled.begin(), spelled.end());
  return fmt::format("{}: is not a flag{}", printable(name), did_you_mean(name, candidates));
}

/// Many commands take the directory to work on as an argument; ours has a flag for it. The name of a gate is no
/// directory.
std::string
unexpected_argument(const std::string& argument, const config::OptionTable& table)
{
  const std::vector<std::string_view> keys = table.keys();
  const bool has_repo = std::find(keys.begin(), keys.end(), "repo") != keys.end();
  const std::string shown = printable(argument);
  const auto options = table.options();
  if (std::any_of(options.begin(), options.end(), [&](const auto& option) { return option.section == argument; })) {
    return fmt::format("{}: unexpected argument; to run this gate alone: sluice {}", shown, shown);
  }
  return has_repo ? fmt::format("{}: unexpected argument; to examine a directory: --repo {}", shown, shown)
                  : fmt::format("{}: unexpected argument", shown);
}

/// What CLI11 says of a flag without a value is that there is none; a person wants to know which there are.
std::string
missing_value(const std::map<std::string, const config::Option*>& flags, std::span<const std::string> arguments,
              const CLI::ArgumentMismatch& error)
{
  const std::string last = arguments.empty() ? "" : arguments.back();
  const auto found = last.starts_with("--") ? flags.find(last.substr(2)) : flags.end();
  if (found == flags.end() || found->second->choices.empty()) {
    return error.what();
  }
  return fmt::format("{}: must be one of {}", last, fmt::join(found->second->choices, ", "));
}

/// Every name of a flag: the keys, and of a tool's own options also the full names. Of options of several tools that
/// share a key one stands for all: it says only whether a value follows.
std::map<std::string, const config::Option*>
flags_of(const config::OptionTable& table)
{
  std::map<std::string, const config::Option*> flags;
  for (const config::Option& option : table.options()) {
    if (!config::holds_records(option.kind)) {
      flags.try_emplace(std::string(option.spec.key), &option);
      flags.try_emplace(option.full_name(), &option);
    }
  }
  return flags;
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
  const std::map<std::string, const config::Option*> flags = flags_of(table);
  for (const auto& [name, option] : flags) {
    add_to(app, *option, name, line);
  }
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ArgumentMismatch& error) {
    return fail(ErrorKind::usage, "{}", printable(missing_value(flags, arguments, error)));
  } catch (const CLI::ParseError& error) {
    return fail(ErrorKind::usage, "{}", printable(error.what()));
  }
  std::vector<std::string> problems;
  for (const std::string& rest : app.remaining()) {
    if (rest.starts_with('-') && rest.size() > 1 && rest != "--") {
      problems.push_back(unknown_flag(flags, rest));
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

Flags
flags_given(std::string_view name, std::span<const std::string> arguments)
{
  const std::string bare = fmt::format("--{}", name);
  const std::string with_value = bare + "=";
  Flags flags;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].starts_with(with_value)) {
      flags.emplace_back(name, arguments[i].substr(with_value.size()));
    } else if (arguments[i] == bare && i + 1 < arguments.size()) {
      flags.emplace_back(name, arguments[++i]);
    }
  }
  return flags;
}

}  // namespace sluice::cli
