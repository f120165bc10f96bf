// SPDX-License-Identifier: Apache-2.0
#include "cli/gate_command.hpp"

#include "base/guarded.hpp"
#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/explain.hpp"
#include "cli/gate_run.hpp"
#include "cli/help.hpp"
#include "cli/hidden_paths.hpp"
#include "cli/output_target.hpp"
#include "cli/policy_setup.hpp"
#include "cli/services.hpp"
#include "cli/version.hpp"
#include "finding/executable.hpp"
#include "gate/file_tree.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace sluice::cli {

namespace {

constexpr std::size_t any_number = 1000;
constexpr std::array<std::string_view, 1> heeds_repo{"repo"};

// Both are carried out here, for they need the gate's type, which a command is not given.
constexpr gate::Command explain_command{.name = "explain",
                                        .arguments = "[RULE…]",
                                        .help = "Explain rules of this gate, or list them all.",
                                        .most_arguments = any_number,
                                        .example = "explain RULE"};
constexpr gate::Command starter_command{.name = "starter",
                                        .arguments = "",
                                        .help = "Print this gate's section of a first .sluice.yml for the repository.",
                                        .heeds = heeds_repo,
                                        .example = "starter >>.sluice.yml"};

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
  if (command.redaction == gate::Redaction::applied) {
    outcome.output = redacted(outcome.output, invocation);
  }
  return outcome;
}

/// What a log can be shown.
std::string
harmless(std::string_view text, gate::Answer answer, std::string_view format)
{
  return answer == gate::Answer::json || format == "json" ? output::inert_json_text(text) : output::inert_text(text);
}

/// Each line on its own, at once: whoever waits reads it as it comes. In a GitHub job a group folds.
gate::Tell
teller(const Setup& setup, const Invocation& invocation)
{
  const bool can_fold = setup.context.platform == ci::Platform::github || setup.context.platform == ci::Platform::act;
  return [can_fold, &invocation](gate::Telling what, std::string_view text) {
    const std::string shown = output::inert(redacted(text, invocation));
    if (what == gate::Telling::group_ends) {
      invocation.err << (can_fold ? "::endgroup::\n" : "");
    } else if (what == gate::Telling::group_begins && can_fold) {
      invocation.err << "::group::" << shown << '\n';
    } else if (what == gate::Telling::line) {
      invocation.err << shown << '\n';
    }
    invocation.err.flush();
  };
}

Result<>
check_arguments(const gate::Command& command, const std::vector<std::string>& arguments)
{
  if (arguments.size() < command.least_arguments) {
    return fail(ErrorKind::usage, "{} needs {}; see --help", command.name, command.arguments);
  }
  return {};
}

/// Those that the command line names: what the environment asks for is meant for reports. At least one.
Result<std::vector<OutputTarget>>
own_targets(const gate::Command& command, const Setup& setup, const Flags& flags, const Invocation& invocation)
{
  std::vector<OutputTarget> targets;
  for (const auto& [key, value] : flags) {
    if (key == "format" && !command.formats.empty()) {
      TRY_ASSIGN(OutputTarget target, parse_target(value, command.formats));
      targets.push_back(std::move(target));
    }
  }
  TRY(check_targets(targets, setup, invocation));
  if (targets.empty()) {
    targets.push_back({command.formats.empty() ? std::string() : std::string(command.formats.front()), {}});
  }
  return targets;
}

/// What the command found is judged and shown as a run of the gate is; else its text is printed.
int
finish(GateRun& run, gate::CommandOutcome outcome, const Invocation& invocation, Start start)
{
  const bool is_decided = outcome.decider == gate::Decider::command;
  invocation.out << (is_decided ? "" : outcome.output);
  invocation.err << output::inert_text(redacted(outcome.note, invocation));
  if (!outcome.findings) {
    return exit_status(outcome.verdict);
  }
  auto policy = is_decided ? Result<Policy>(Policy{})
                           : make_policy(run.setup, run.type, invocation, today_of(run.setup, invocation));
  if (!policy) {
    return emit_failure(run.type.face->info.name, policy.error(), run.setup, invocation);
  }
  RawReport raw = judge(run, *std::move(outcome.findings), *policy, start);
  name_blobs(raw, run.setup, *invocation.redactor);
  if (is_decided) {
    raw.verdict = outcome.verdict;
    raw.context.acceptance.configuration.clear();
  }
  const Report report(std::move(raw), *invocation.redactor);
  const int status = emit_reports(std::span(&report, 1), run.setup, invocation, is_decided ? outcome.output : "");
  const bool was_told = status != exit_status(Verdict::unable);
  return is_decided && was_told ? exit_status(outcome.verdict) : status;
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

std::vector<const gate::Command*>
commands_beginning(const gate::Type& type, const Invocation& invocation)
{
  std::vector<const gate::Command*> found;
  for (const gate::Command* command : commands_of(type)) {
    const std::vector<std::string_view> words = split(command->name, ' ');
    if (words.size() > 1 && !invocation.arguments.empty() && words.front() == invocation.arguments.front()) {
      found.push_back(command);
    }
  }
  return found;
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
    TRY_ASSIGN(const std::vector<OutputTarget> targets, own_targets(command, run.setup, line->flags, rest));
    gate::CommandOutcome all;
    for (const OutputTarget& target : targets) {
      const gate::CommandInput told{*run.options, line->positional, rest.directory,         input,
                                    target.name,  version,          teller(run.setup, rest)};
      TRY_ASSIGN(gate::CommandOutcome each, carry_out(type, command, *own, told, rest));
      each.output = harmless(each.output, command.answer, target.name);
      if (!target.file.empty()) {
        TRY(write_target(target, each.output, rest));
      }
      // What is told of one format is told of all.
      all = {target.file.empty() ? std::move(each.output) : std::move(all.output), std::move(each.note), each.verdict,
             std::move(each.findings), each.decider};
    }
    return all;
  });
  if (!outcome && command.answer == gate::Answer::json) {
    emit_error(outcome.error(), rest);
    return exit_status(verdict_of(outcome.error().kind));
  }
  if (!outcome) {
    return emit_failure(self.tool, outcome.error(), run.setup, rest);
  }
  return finish(run, *std::move(outcome), rest, start);
}

}  // namespace sluice::cli
