// SPDX-License-Identifier: Apache-2.0
#include "cli/sluice.hpp"

#include "base/text.hpp"
#include "cli/emit.hpp"
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

struct Command
{
  std::string_view name;
  std::string_view help;
};

constexpr std::array<Command, 6> own_commands{{
    {"check", "Run every gate side by side: one verdict, one table."},
    {"report", "Merge JSON reports and render them in any format."},
    {"explain", "Explain a rule: what it finds, why, and what to do instead."},
    {"init", "Write a commented .sluice.yml and a workflow for this repository."},
    {"help", "Print this help, or that of a command."},
    {"version", "Print the version."},
}};

std::string
help_text(std::span<const gate::Face* const> gates)
{
  std::string text = "sluice: gates between a commit and production\n\nUsage: sluice COMMAND [OPTION …]\n\nCommands:\n";
  for (const Command& command : own_commands) {
    text += fmt::format("  {:<12} {}\n", command.name, command.help);
  }
  text += "\nGates (sluice NAME is sluice-NAME):\n";
  for (const GateType& gate : gates) {
    text += fmt::format("  {:<12} {}\n", gate.info->name, gate.info->question);
  }
  return text + "\nsluice COMMAND --help tells the options of a command.\n";
}

/// Replaces this process by the gate's own executable, so that `sluice secrets …` is `sluice-secrets …`.
int
become_gate(std::string_view name, const Invocation& invocation)
{
  const std::string executable = (invocation.executables / fmt::format("sluice-{}", name)).string();
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
unknown_command(std::span<const gate::Face* const> gates, const Invocation& invocation, std::string_view name)
{
  std::vector<std::string_view> known;
  for (const Command& command : own_commands) {
    known.push_back(command.name);
  }
  for (const GateType& gate : gates) {
    known.push_back(gate.info->name);
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
dispatch(std::string name, std::span<const gate::Face* const> gates, const Invocation& rest)
{
  if (name == "help" && !rest.arguments.empty()) {
    Invocation asked = rest;
    asked.arguments = {"--help"};
    return dispatch(rest.arguments.front(), gates, asked);
  }
  if (name == "help" || name == "--help" || name == "-h") {
    rest.out << help_text(gates);
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
    return run_init(rest);
  }
  const bool is_gate =
      std::any_of(gates.begin(), gates.end(), [&name](const GateType& gate) { return gate.info->name == name; });
  return is_gate ? become_gate(name, rest) : unknown_command(gates, rest, name);
}

}  // namespace

int
run_sluice(std::span<const gate::Face* const> gates, const Invocation& invocation)
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
    return dispatch(name, gates, rest);
  } catch (const std::exception& exception) {
    emit_error({ErrorKind::internal, fmt::format("internal error: {}", exception.what())}, rest);
    return exit_status(Verdict::unable);
  }
}

}  // namespace sluice::cli
