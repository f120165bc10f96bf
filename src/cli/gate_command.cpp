// SPDX-License-Identifier: Apache-2.0
#include "cli/gate_command.hpp"

#include "base/guarded.hpp"
#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/explain.hpp"
#include "cli/gate_run.hpp"
#include "cli/help.hpp"
#include "cli/hidden_paths.hpp"
#include "cli/policy_setup.hpp"
#include "cli/services.hpp"
#include "cli/version.hpp"
#include "finding/executable.hpp"
#include "gate/file_tree.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace sluice::cli {

namespace {

constexpr std::size_t any_number = 1000;

// Both are carried out here, for they need the gate's type, which a command is not given.
constexpr gate::Command explain_command{.name = "explain",
                                        .arguments = "[RULE…]",
                                        .help = "Explain rules of this gate, or list them all.",
                                        .most_arguments = any_number};
constexpr gate::Command starter_command{
    .name = "starter", .arguments = "", .help = "Print this gate's section of a first .sluice.yml for the repository."};

gate::CommandOutcome
starter(const gate::Type& type, const gate::Input& input)
{
  const std::string_view name = type.face->info.name;
  const gate::DiskTree tree(input.directory);
  return {.output = type.starter != nullptr ? type.starter(tree) : fmt::format("# {}:\n", name)};
}

Result<gate::CommandOutcome>
carry_out(const gate::Type& type, const gate::Command& command, const gate::Options& own,
          const gate::CommandInput& input, const Invocation& invocation)
{
  if (&command == &explain_command) {
    return explain(type.rules, input.arguments, invocation.width);
  }
  if (&command == &starter_command) {
    return starter(type, input.input);
  }
  TRY_ASSIGN(gate::CommandOutcome outcome, command.run(own, input));
  outcome.output = redacted(outcome.output, invocation);
  return outcome;
}

Result<>
check_arguments(const gate::Command& command, const std::vector<std::string>& arguments)
{
  if (arguments.size() < command.least_arguments) {
    return fail(ErrorKind::usage, "{} needs {}; see --help", command.name, command.arguments);
  }
  return {};
}

/// The last that the command line names: what the environment asks for is meant for reports.
Result<std::string_view>
own_format(const gate::Command& command, const Flags& flags)
{
  if (command.formats.empty()) {
    return std::string_view();
  }
  std::string_view asked = command.formats.front();
  for (const auto& [key, value] : flags) {
    asked = key == "format" ? std::string_view(value) : asked;
  }
  const auto found = std::find(command.formats.begin(), command.formats.end(), asked);
  if (found == command.formats.end()) {
    return fail(ErrorKind::usage, "--format {}: {} has {}{}", printable(asked), command.name,
                fmt::join(command.formats, ", "), did_you_mean(asked, command.formats));
  }
  return *found;
}

/// What the command found is judged and shown as a run of the gate is; else its text is printed.
int
finish(GateRun& run, gate::CommandOutcome outcome, const Invocation& invocation, Start start)
{
  invocation.out << outcome.output;
  invocation.err << output::inert_text(redacted(outcome.note, invocation));
  if (!outcome.findings) {
    return exit_status(outcome.verdict);
  }
  auto policy = make_policy(run.setup, run.type, invocation, today_of(run.setup, invocation));
  if (!policy) {
    return emit_failure(run.type.face->info.name, policy.error(), run.setup, invocation);
  }
  RawReport raw = judge(run, *std::move(outcome.findings), *policy, start);
  name_blobs(raw, run.setup, *invocation.redactor);
  const Report report(std::move(raw), *invocation.redactor);
  return emit_reports(std::span(&report, 1), run.setup, invocation);
}

}  // namespace

std::vector<const gate::Command*>
commands_of(const gate::Type& type)
{
  std::vector<const gate::Command*> all;
  for (const gate::Command& command : type.commands) {
    all.push_back(&command);
  }
  all.push_back(&explain_command);
  all.push_back(&starter_command);
  return all;
}

std::optional<FoundCommand>
find_command(const gate::Type& type, const Invocation& invocation)
{
  std::optional<FoundCommand> longest;
  for (const gate::Command* command : commands_of(type)) {
    const std::vector<std::string_view> words = split(command->name, ' ');
    const auto& given = invocation.arguments;
    const bool is_named = words.size() <= given.size() && std::equal(words.begin(), words.end(), given.begin());
    const bool is_flag = !given.empty() && given.front() == fmt::format("--{}", command->name);
    if ((is_named || is_flag) && (!longest || words.size() > longest->words)) {
      longest = FoundCommand{command, words.size()};
    }
  }
  return longest;
}

std::vector<std::string>
commands_beginning(const gate::Type& type, const Invocation& invocation)
{
  std::vector<std::string> names;
  for (const gate::Command* command : commands_of(type)) {
    const std::vector<std::string_view> words = split(command->name, ' ');
    if (words.size() > 1 && !invocation.arguments.empty() && words.front() == invocation.arguments.front()) {
      names.emplace_back(command->name);
    }
  }
  return names;
}

int
run_command(const gate::Type& type, const FoundCommand& found, const Invocation& invocation)
{
  const gate::Command& command = *found.command;
  Invocation rest = invocation;
  rest.arguments.erase(rest.arguments.begin(), rest.arguments.begin() + static_cast<std::ptrdiff_t>(found.words));
  rest.program = fmt::format("{} {}", invocation.program, command.name);
  const Start start = start_of(rest);

  GateRun run(type, rest);
  const std::unique_ptr<gate::Options> own = command.options();
  own->bind(run.setup.table);
  const CommandSelf self{type.face->info.name,
                         executable_name(type.face->info.name),
                         [&] { return command_help(type, command, run.setup.table, rest.width); },
                         command.most_arguments,
                         {{type.face->info.name, run.options.get()}, {type.face->info.name, own.get()}},
                         !command.formats.empty()};
  run.setup.called = {self.name};
  const std::vector<std::string_view> words = split(command.name, ' ');
  run.setup.called.insert(run.setup.called.end(), words.begin(), words.end());
  const auto line = begin_command(run.setup, rest, self);
  if (!line) {
    return line.error();
  }
  run.setup.called.insert(run.setup.called.end(), line->positional.begin(), line->positional.end());
  gate::Input input = gate_input(run.setup, rest, today_of(run.setup, rest));
  ServiceHolder holder(type, command.needs, rest, run.setup.repository ? &*run.setup.repository : nullptr);
  input.services = holder.services();
  auto outcome = guarded([&]() -> Result<gate::CommandOutcome> {
    TRY(check_arguments(command, line->positional));
    TRY_ASSIGN(const std::string_view format, own_format(command, line->flags));
    return carry_out(type, command, *own, {*run.options, line->positional, rest.directory, input, format, version},
                     rest);
  });
  if (!outcome && command.answer == gate::Answer::json) {
    emit_error(outcome.error(), rest);
    return exit_status(verdict_of(outcome.error().kind));
  }
  if (!outcome) {
    return emit_failure(self.tool, outcome.error(), run.setup, rest);
  }
  outcome->output = command.answer == gate::Answer::json ? output::inert_json_text(outcome->output)
                                                         : output::inert_text(outcome->output);
  return finish(run, *std::move(outcome), rest, start);
}

}  // namespace sluice::cli
