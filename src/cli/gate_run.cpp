// SPDX-License-Identifier: Apache-2.0
#include "cli/gate_run.hpp"

#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/help.hpp"
#include "cli/policy_setup.hpp"
#include "cli/progress.hpp"
#include "cli/version.hpp"

#include <fmt/format.h>

#include <chrono>
#include <exception>

namespace sluice::cli {

namespace {

/// The command that repeats this run on a laptop, from the range as it was resolved.
std::string
reproduce_command(const Setup& setup, std::string_view gate)
{
  std::string command = fmt::format("sluice-{}", gate);
  if (setup.range.kind == ci::RangeKind::commits) {
    for (const git::ObjectId& base : setup.range.excluded) {
      command += fmt::format(" --base {}", base.brief());
      break;
    }
    if (!setup.range.heads.empty()) {
      command += fmt::format(" --head {}", setup.range.heads.front().brief());
    }
  }
  return command;
}

RunContext
run_context(const Setup& setup, std::string_view gate)
{
  RunContext context;
  context.repository_url = setup.context.repository_url;
  context.platform = name_of(setup.context.platform);
  if (!setup.range.heads.empty()) {
    context.head = setup.range.heads.front().hex();
  } else if (setup.repository) {
    const auto head = setup.repository->head();
    context.head = head ? head->hex() : "";
  }
  context.range = setup.range.text;
  context.range_reason = setup.range.reason;
  context.reproduce = reproduce_command(setup, gate);
  return context;
}

ci::GateInput
gate_input(const Setup& setup, const Invocation& invocation, std::chrono::system_clock::time_point started)
{
  ci::GateInput input;
  input.directory = setup.directory;
  input.repository = setup.repository ? &*setup.repository : nullptr;
  input.no_repository = setup.no_repository;
  input.range = setup.range;
  input.change_under_test = setup.context.change_under_test();
  input.today = date_of(started);
  input.read_standard_input = [&invocation]() -> Result<std::string> { return invocation.read_standard_input(); };
  input.threads = static_cast<unsigned>(setup.options.threads);
  return input;
}

Result<Findings>
examine(const Setup& setup, const Gate& gate, const Invocation& invocation,
        std::chrono::system_clock::time_point started)
{
  const bool is_shown = invocation.err_is_terminal && !setup.options.quiet;
  Progress progress(invocation.err, invocation.program, is_shown ? Progress::Display::on : Progress::Display::off);
  ci::GateInput input = gate_input(setup, invocation, started);
  input.progress = progress.counter();
  TRY_ASSIGN(Findings findings, gate.run(input));
  for (const Gap& gap : setup.range.gaps) {
    const auto is_told = [&gap](const Gap& other) { return other.subject == gap.subject; };
    if (std::none_of(findings.gaps.begin(), findings.gaps.end(), is_told)) {
      findings.gaps.push_back(gap);
    }
  }
  return findings;
}

int
run_checked(const GateType& type, const Invocation& invocation)
{
  Setup setup;
  const std::unique_ptr<Gate> gate = type.make();
  config::describe(setup.options, setup.table);
  gate->describe(setup.table);

  const CommandSelf self{fmt::format("sluice-{}", type.info->name),
                         gate_help(*type.info, setup.table, invocation.width), type.info->name};
  if (const auto line = begin_command(setup, invocation, self); !line) {
    return line.error();
  }
  const auto stop = [&invocation](const Error& error) {
    emit_error(error, invocation);
    return exit_status(error.kind);
  };
  const auto report = run_to_report(setup, *gate, type, invocation);
  if (!report) {
    return stop(report.error());
  }
  if (auto emitted = emit(std::span(&*report, 1), setup.options, setup.context, invocation); !emitted) {
    return stop(emitted.error());
  }
  return exit_status(report->verdict);
}

}  // namespace

Result<Report>
run_to_report(Setup& setup, const Gate& gate, const GateType& type, const Invocation& invocation)
{
  const auto epoch = value_of(invocation.environment, "SOURCE_DATE_EPOCH");
  const auto started = now(epoch.empty() ? std::nullopt : std::optional(epoch));
  const auto start = std::chrono::steady_clock::now();

  TRY_ASSIGN(Policy policy, make_policy(setup, invocation, date_of(started)));
  TRY_ASSIGN(Findings findings, examine(setup, gate, invocation, started));
  TRY_ASSIGN(auto saved, save_baseline(setup, invocation, findings));
  if (saved) {
    // It must count at once, or the run that creates a baseline would fail for what it accepts.
    policy.baseline = std::move(saved->baseline);
    setup.notices.push_back(std::move(saved->notice));
  }
  Report report = policy.judge(std::move(findings));
  report.tool = type.info->name;
  report.version = version;
  report.context = run_context(setup, type.info->name);
  report.started = started;
  report.rules.assign(type.rules.begin(), type.rules.end());
  report.notices.insert(report.notices.begin(), setup.notices.begin(), setup.notices.end());
  report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  return report;
}

int
run_gate(const GateType& type, const Invocation& invocation)
{
  try {
    return run_checked(type, invocation);
  } catch (const std::exception& exception) {
    emit_error({ErrorKind::internal, fmt::format("internal error: {}", exception.what())}, invocation);
    return exit_status(Verdict::unable);
  }
}

}  // namespace sluice::cli
