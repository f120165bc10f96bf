// SPDX-License-Identifier: Apache-2.0
#include "promote/hook/hook_run.hpp"

#include "base/supervised_process.hpp"
#include "base/text.hpp"
#include "config/values.hpp"
#include "config/variables.hpp"
#include "gate/step_variables.hpp"
#include "promote/hook/hook_run_excerpt.hpp"
#include "promote/hook/hook_run_program.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iterator>

namespace sluice::promote {

namespace {

using End = HookOutcome::End;

constexpr std::size_t longest_excerpt = 2U << 10U;

Environment
environment_of(const HookCall& call)
{
  Environment environment;
  if (call.process != nullptr) {
    std::copy_if(call.process->begin(), call.process->end(), std::inserter(environment, environment.end()),
                 [](const auto& variable) { return !is_withheld(variable.first); });
  }
  environment.insert_or_assign("SLUICE_STEP", call.step);
  for (const auto& [name, value] : call.variables) {
    environment.insert_or_assign(name, value);
  }
  return environment;
}

std::string
name_of_signal(int signal)
{
  const char* const name = ::sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

/// What shells mean by it (POSIX, Shell Command Language, 2.8.2).
std::string
meaning_of(int status)
{
  switch (status) {
  case 126:
    return ", which a shell says of a command that it cannot run";
  case 127:
    return ", which a shell says of a command that it does not find";
  default:
    return status > 128 && status < 128 + NSIG && ::sigabbrev_np(status - 128) != nullptr
               ? fmt::format(", which a shell says of a command that died of {}", name_of_signal(status - 128))
               : "";
  }
}

std::string
why_of_signal(int signal)
{
  return fmt::format("died of {}{}", name_of_signal(signal),
                     signal == SIGKILL ? ", as what takes too much memory does" : "");
}

HookOutcome
outcome_of(SupervisedResult&& result, const Hook& hook)
{
  HookOutcome outcome{.status = result.status,
                      .output = std::move(result.output),
                      .excerpt = excerpt_of(result.latest, longest_excerpt),
                      .why = {}};
  switch (result.end) {
  case SupervisedResult::End::exited:
    outcome.end = result.status == 0 ? End::succeeded : End::failed;
    outcome.why = result.status == 0 ? "" : fmt::format("exit status {}{}", result.status, meaning_of(result.status));
    break;
  case SupervisedResult::End::signalled:
    outcome.end = End::signalled;
    outcome.why = why_of_signal(result.status);
    break;
  case SupervisedResult::End::timed_out:
    outcome.end = End::timed_out;
    outcome.why = fmt::format("did not end within {}", config::spelled_duration(hook.timeout));
    break;
  case SupervisedResult::End::stopped:
    outcome.end = End::stopped;
    outcome.why = "was stopped before it ended";
    break;
  }
  return outcome;
}

HookOutcome
not_found(std::string why)
{
  HookOutcome outcome;
  outcome.why = std::move(why);
  return outcome;
}

tl::expected<std::string, std::string>
find_program(const Hook& hook, const Environment& environment, const std::filesystem::path& directory)
{
  if (!hook) {
    return tl::make_unexpected(std::string("there is no command"));
  }
  std::error_code ignored;
  if (!directory.empty() && !std::filesystem::is_directory(directory, ignored)) {
    return tl::make_unexpected(
        fmt::format("{}: is no directory that it could start in", printable(directory.string())));
  }
  return program_of(hook.run.front(), environment, directory);
}

HookOutcome
without_result(const Error& error)
{
  HookOutcome outcome = not_found(printable(error.message));
  if (error.kind == ErrorKind::internal) {
    outcome.end = End::failed;  // it ran
  } else if (error.message.ends_with(std::strerror(ENOEXEC))) {
    outcome.why += ": a script begins with a line such as #!/bin/sh";
  }
  return outcome;
}

}  // namespace

HookOutcome
run_hook(const Hook& hook, const HookCall& call)
{
  SupervisedRequest request;
  request.environment = environment_of(call);
  auto program = find_program(hook, request.environment, call.directory);
  if (!program) {
    return not_found(std::move(program).error());
  }
  request.argv = hook.run;
  request.program = std::move(*program);
  request.directory = call.directory;
  request.timeout = hook.timeout;
  request.kept_of_both = 2 * longest_excerpt;
  request.tick = call.tick;
  request.on_start = call.on_start;
  if (call.on_line) {
    request.on_line = [&call](Stream, std::string_view line) { call.on_line(line); };
  }
  Result<SupervisedResult> result = run_supervised(request);
  return result ? outcome_of(std::move(*result), hook) : without_result(result.error());
}

std::optional<std::string>
missing_program(const Hook& hook, const Environment& process, const std::filesystem::path& directory)
{
  auto program = find_program(hook, process, directory);
  return program ? std::nullopt : std::optional(std::move(program).error());
}

bool
is_withheld(std::string_view variable)
{
  constexpr config::VariableStyle style{"SLUICE_", config::VariableStyle::Hyphen::underscore};
  return variable.starts_with(style.prefix) && gate::is_step_variable(config::option_name(variable, style));
}

}  // namespace sluice::promote
