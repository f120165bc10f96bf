// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"
#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/gate_run.hpp"
#include "cli/help.hpp"
#include "cli/sluice.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>

namespace sluice::cli {

namespace {

struct CheckOptions
{
  std::vector<std::string> gates;
};

void
describe(CheckOptions& options, config::OptionTable& table)
{
  table.list(options.gates, {.key = "gates",
                             .value = "NAME",
                             .help = "The gates to run; all of them if none is named.",
                             .trust = config::Trust::base_ref});
}

Result<std::vector<const GateType*>>
chosen_gates(const CheckOptions& options, std::span<const gate::Face* const> gates)
{
  std::vector<std::string_view> known;
  std::vector<const GateType*> chosen;
  for (const GateType& gate : gates) {
    known.push_back(gate.info->name);
    const bool is_named = std::find(options.gates.begin(), options.gates.end(), gate.info->name) != options.gates.end();
    if (options.gates.empty() || is_named) {
      chosen.push_back(&gate);
    }
  }
  for (const std::string& name : options.gates) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return fail(ErrorKind::config, "gates: \"{}\" is not one of {}{}", printable(name), fmt::join(known, ", "),
                  did_you_mean(name, known));
    }
  }
  return chosen;
}

/// What concerns the merged report is ours; everything else goes to the gates.
bool
is_for_gates(std::string_view key)
{
  constexpr std::array<std::string_view, 6> ours{"gates", "format", "quiet", "verbose", "colour", "help"};
  return std::find(ours.begin(), ours.end(), key) == ours.end();
}

ProcessRequest
gate_request(const GateType& gate, const CommandLine& line, const Invocation& invocation, const std::string& input)
{
  ProcessRequest request;
  request.argv = {(invocation.executables / fmt::format("sluice-{}", gate.info->name)).string(), "--format=json"};
  for (const auto& [key, value] : line.flags) {
    if (is_for_gates(key)) {
      request.argv.push_back(fmt::format("--{}={}", key, value));
    }
  }
  // Only the merged report may reach the platform's files.
  constexpr std::array<std::string_view, 5> not_inherited{"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "INPUT_FORMAT",
                                                          "SLUICE_FORMAT", "PLUGIN_FORMAT"};
  request.environment.emplace(invocation.environment.begin(), invocation.environment.end());
  for (const std::string_view name : not_inherited) {
    request.environment->erase(std::string(name));
  }
  request.directory = invocation.directory;
  request.input = input;
  request.timeout = std::chrono::hours(5);
  return request;
}

struct Outcome
{
  int status = exit_status(Verdict::unable);
  std::vector<Report> reports;
  std::string problem;  ///< what the gate said instead of a report
};

Outcome
run_one(const GateType& gate, const ProcessRequest& request)
{
  Outcome outcome;
  auto result = run_process(request);
  if (!result) {
    outcome.problem = result.error().message;
    return outcome;
  }
  outcome.status = result->exit_status;
  const bool has_report =
      outcome.status == exit_status(Verdict::pass) || outcome.status == exit_fail || outcome.status == exit_incomplete;
  if (!has_report) {
    outcome.problem = result->error_output.empty()
                          ? fmt::format("sluice-{}: ended with status {}", gate.info->name, outcome.status)
                          : result->error_output;
    outcome.status = outcome.status == exit_unavailable ? exit_unavailable : exit_status(Verdict::unable);
    return outcome;
  }
  auto reports = output::parse_reports(result->output, fmt::format("sluice-{}", gate.info->name));
  if (!reports) {
    return {exit_status(Verdict::unable), {}, reports.error().message};
  }
  outcome.reports = *std::move(reports);
  return outcome;
}

/// The most telling of several: a gate that could not run, then a failure, then what was out of reach, then a gap.
int
merged_status(std::span<const Outcome> outcomes)
{
  for (const int status : {exit_status(Verdict::unable), exit_fail, exit_unavailable, exit_incomplete}) {
    if (std::any_of(outcomes.begin(), outcomes.end(),
                    [status](const Outcome& outcome) { return outcome.status == status; })) {
      return status;
    }
  }
  return exit_status(Verdict::pass);
}

}  // namespace

int
run_check(std::span<const gate::Face* const> gates, const Invocation& invocation)
{
  Setup setup;
  CheckOptions options;
  config::describe(setup.options, setup.table);
  describe(options, setup.table);
  const auto stop = [&invocation](const Error& error) {
    emit_error(error, invocation);
    return exit_status(error.kind);
  };
  std::string input;
  Invocation once = invocation;
  once.read_standard_input = [&input, &invocation] { return input = invocation.read_standard_input(); };
  const CommandSelf self{"sluice",
                         "Usage: sluice check [OPTION …]\n\nRuns every gate side by side: one verdict, one table.\n\n"
                             + option_help(setup.table, invocation.width),
                         ""};
  const auto line = begin_command(setup, once, self);
  if (!line) {
    return line.error();
  }
  const auto chosen = chosen_gates(options, gates);
  if (!chosen) {
    return stop(chosen.error());
  }
  std::vector<std::future<Outcome>> running;
  for (const GateType* gate : *chosen) {
    running.push_back(
        std::async(std::launch::async, run_one, std::cref(*gate), gate_request(*gate, *line, invocation, input)));
  }
  std::vector<Outcome> outcomes;
  std::vector<Report> reports;
  for (std::future<Outcome>& each : running) {
    Outcome& outcome = outcomes.emplace_back(each.get());
    std::move(outcome.reports.begin(), outcome.reports.end(), std::back_inserter(reports));
  }
  for (const Outcome& outcome : outcomes) {
    if (!outcome.problem.empty()) {
      emit_error({ErrorKind::internal, outcome.problem}, invocation);
    }
  }
  if (auto emitted = emit(reports, setup.options, setup.context, invocation); !emitted) {
    return stop(emitted.error());
  }
  return merged_status(outcomes);
}

}  // namespace sluice::cli
