// SPDX-License-Identifier: Apache-2.0
#include "cli/sluice.hpp"

#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/help.hpp"
#include "cli/umbrella.hpp"
#include "cli/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <ostream>
#include <unistd.h>

namespace sluice::cli {

namespace {

using Faces = std::span<const gate::Face* const>;

constexpr std::array<SluiceCommand, 6> own_commands{{
    {"check", "", "Run every gate side by side: one verdict, one table."},
    {"report", "FILE…", "Merge JSON reports and render them in any format."},
    {"explain", "[RULE…]", "Explain a rule: what it finds, why, and what to do instead."},
    {"init", "", "Write a commented .sluice.yml and a workflow for this repository."},
    {"help", "[COMMAND]", "Print this help, or that of a command."},
    {"version", "", "Print the version."},
}};

std::string
help_text(Faces gates, std::size_t width)
{
  std::string text = "sluice: gates between a commit and production\n\nUsage: sluice COMMAND [OPTION …]\n\nCommands:\n";
  for (const SluiceCommand& command : own_commands) {
    text += fmt::format("  {:<12} {}\n", command.name, folded(command.help, 15, width));
  }
  text += "\nGates (sluice NAME is sluice-NAME):\n";
  for (const gate::Face* gate : gates) {
    text += fmt::format("  {:<12} {}\n", gate->info.name, folded(gate->info.question, 15, width));
  }
  return text + "\nNew here: sluice init, then sluice check.\nsluice COMMAND --help tells the options of a command.\n\n"
         + exit_statuses(width);
}

/// Replaces this process by the gate's own executable, so that `sluice secrets …` is `sluice-secrets …`.
int
become_gate(std::string_view name, const Invocation& invocation)
{
  const std::string executable = executable_of(name, invocation);
  std::vector<std::string> arguments{executable};
  arguments.insert(arguments.end(), invocation.arguments.begin(), invocation.arguments.end());
  std::vector<char*> argv;
  for (std::string& argument : arguments) {
    argv.push_back(argument.data());
  }
  argv.push_back(nullptr);
  ::execv(executable.c_str(), argv.data());
  emit_error({ErrorKind::environment, fmt::format("{}: cannot run: {}", executable, std::strerror(errno))}, invocation);
  return exit_status(Verdict::unable);
}

int
unknown_command(Faces gates, const Invocation& invocation, std::string_view name)
{
  std::vector<std::string_view> known;
  for (const SluiceCommand& command : own_commands) {
    known.push_back(command.name);
  }
  for (const gate::Face* gate : gates) {
    known.push_back(gate->info.name);
  }
  Invocation umbrella = invocation;
  umbrella.program = "sluice";
  emit_error({ErrorKind::usage, fmt::format("{}: is not a command{}", printable(name), did_you_mean(name, known))},
             umbrella);
  return exit_status(Verdict::unable);
}

/// As an action, the command is an input; on a laptop, no command asks for help.
std::string
default_command(const Invocation& invocation)
{
  const std::string_view input = value_of(invocation.environment, "INPUT_COMMAND");
  if (!input.empty()) {
    return std::string(input);
  }
  const bool is_action = value_of(invocation.environment, "GITHUB_ACTIONS") == "true"
                         && !value_of(invocation.environment, "GITHUB_ACTION").empty();
  return is_action ? "check" : "help";
}

int
dispatch(std::string name, Faces gates, const Invocation& rest)
{
  if (name == "help" && !rest.arguments.empty()) {
    Invocation asked = rest;
    asked.arguments = {"--help"};
    return dispatch(rest.arguments.front(), gates, asked);
  }
  if (name == "help" || name == "--help" || name == "-h") {
    rest.out << help_text(gates, rest.width);
    return exit_status(Verdict::pass);
  }
  if (name == "version" || name == "--version" || name == "-V") {
    rest.out << fmt::format("sluice {}\n", version);
    return exit_status(Verdict::pass);
  }
  if (name == "check") {
    return run_check(gates, rest);
  }
  if (name == "report") {
    return run_report(rest);
  }
  if (name == "explain") {
    return run_explain(gates, rest);
  }
  if (name == "init") {
    return run_init(gates, rest);
  }
  const bool is_gate =
      std::any_of(gates.begin(), gates.end(), [&name](const gate::Face* gate) { return gate->info.name == name; });
  return is_gate ? become_gate(name, rest) : unknown_command(gates, rest, name);
}

}  // namespace

std::span<const SluiceCommand>
sluice_commands()
{
  return own_commands;
}

int
run_explain(Faces gates, const Invocation& invocation)
{
  const std::vector<std::string>& ids = invocation.arguments;
  if (std::find(ids.begin(), ids.end(), "--help") != ids.end()) {
    invocation.out << "Usage: sluice explain [RULE…]\n\nExplains rules, or lists them all.\n";
    return exit_status(Verdict::pass);
  }
  const auto print = [&invocation](const Result<std::string>& text) {
    if (!text) {
      emit_error(text.error(), invocation);
      return false;
    }
    invocation.out << *text;
    return true;
  };
  if (ids.empty()) {
    for (const gate::Face* gate : gates) {
      if (!print(ask_gate(gate->info.name, {"explain"}, invocation))) {
        return exit_status(Verdict::unable);
      }
    }
    const std::string rules = counted(gate::known_rules().size(), "rule", "rules");
    invocation.out << fmt::format("\n{}. sluice explain RULE tells more.\n", rules);
  }
  for (const std::string& id : ids) {
    const std::string_view tool = gate::tool_of_rule(id);
    if (tool.empty()) {
      emit_error({ErrorKind::usage, fmt::format("{}: is not a rule{}", printable(id), gate::did_you_mean_rule(id))},
                 invocation);
      return exit_status(Verdict::unable);
    }
    if (!print(ask_gate(tool, {"explain", id}, invocation))) {
      return exit_status(Verdict::unable);
    }
  }
  return exit_status(Verdict::pass);
}

int
run_sluice(Faces gates, const Invocation& invocation)
{
  Invocation rest = invocation;
  std::string name;
  if (rest.arguments.empty()) {
    name = default_command(invocation);
  } else {
    name = rest.arguments.front();
    rest.arguments.erase(rest.arguments.begin());
  }
  rest.program = fmt::format("sluice {}", printable(name));
  try {
    return finished(dispatch(name, gates, rest), rest);
  } catch (const std::exception& exception) {
    emit_error({ErrorKind::internal, fmt::format("internal error: {}", exception.what())}, rest);
    return exit_status(Verdict::unable);
  }
}

}  // namespace sluice::cli
