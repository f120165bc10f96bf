// SPDX-License-Identifier: Apache-2.0
#include "cli/gate_run.hpp"

#include "base/guarded.hpp"
#include "base/text.hpp"
#include "cli/baseline_file.hpp"
#include "cli/emit.hpp"
#include "cli/gate_command.hpp"
#include "cli/help.hpp"
#include "cli/hidden_paths.hpp"
#include "cli/policy_file.hpp"
#include "cli/policy_setup.hpp"
#include "cli/progress.hpp"
#include "cli/repeat.hpp"
#include "cli/services.hpp"
#include "cli/version.hpp"
#include "finding/executable.hpp"
#include "gate/change_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>

namespace sluice::cli {

namespace {

struct Looked
{
  Basis basis = Basis::range;
  Extent extent = Extent::part;
};

Breadth
breadth_of(const ci::GitRange& range, Looked looked)
{
  if (looked.basis == Basis::files) {
    return looked.extent == Extent::whole ? Breadth::whole : Breadth::files;
  }
  if (range.kind == ci::RangeKind::commits) {
    return range.excluded.empty() ? Breadth::whole : Breadth::range;
  }
  return range.kind == ci::RangeKind::history ? Breadth::whole : Breadth::part;
}

RunContext
run_context(const Setup& setup, Looked looked)
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
  context.breadth = breadth_of(setup.range, looked);
  if (context.breadth == Breadth::range) {
    for (const git::ObjectId& base : setup.range.excluded) {
      context.bases.push_back(base.hex());
    }
  }
  if (looked.basis == Basis::files) {
    context.range = "the files as they are";
  } else {
    context.range = setup.range.text;
    context.range_reason = setup.range.reason;
  }
  context.reproduce = repeat_command(setup);
  return context;
}

/// As the XDG Base Directory Specification has it, which says of a relative path that it is to be ignored.
std::filesystem::path
cache_of(const Environment& environment)
{
  const std::filesystem::path named(value_of(environment, "XDG_CACHE_HOME"));
  if (named.is_absolute()) {
    return named / "sluice";
  }
  const std::filesystem::path home(value_of(environment, "HOME"));
  return home.is_absolute() ? home / ".cache" / "sluice" : std::filesystem::path();
}

Result<Findings>
examine(const GateRun& run, const gate::Input& input)
{
  TRY_ASSIGN(Findings findings, run.type.run(*run.options, input));
  std::vector<Gap> of_run = findings.basis == Basis::range ? run.setup.range.gaps : std::vector<Gap>();
  of_run.insert(of_run.end(), run.setup.gaps.begin(), run.setup.gaps.end());
  if (run.setup.unusable) {
    of_run.push_back(*run.setup.unusable);
  }
  for (const Gap& gap : of_run) {
    const auto is_told = [&gap](const Gap& other) { return other.subject == gap.subject; };
    if (std::none_of(findings.gaps.begin(), findings.gaps.end(), is_told)) {
      findings.gaps.push_back(gap);
    }
  }
  return findings;
}

/// What is to be done about a verdict is done before anybody is told of it, so that what is told is true.
void
act(const GateRun& run, Report& report, RawReport raw, const gate::Services& services)
{
  const auto& verdicts = run.type.acts_on;
  const bool is_due = std::find(verdicts.begin(), verdicts.end(), report.verdict) != verdicts.end();
  if (run.type.act == nullptr || !is_due) {
    return;
  }
  if (const auto done = run.type.act(*run.options, report, services); !done) {
    raw.fail_with(done.error());
    report = Report(std::move(raw), *run.invocation.redactor);
  }
}

int
run_checked(const gate::Type& type, const Invocation& invocation)
{
  if (const auto command = find_command(type, invocation)) {
    return run_command(type, *command, invocation);
  }
  if (const auto group = commands_beginning(type, invocation); !group.empty()) {
    const auto& given = invocation.arguments;
    if (std::any_of(given.begin(), given.end(), [](const auto& each) { return each == "--help" || each == "-h"; })) {
      invocation.out << group_help(type, group, invocation.width);
      return finished(exit_status(Verdict::pass), invocation);
    }
    std::vector<std::string_view> names;
    for (const gate::Command* command : group) {
      names.push_back(command->name);
    }
    emit_error({ErrorKind::usage, fmt::format("{}: one of its commands is needed: {}", invocation.arguments.front(),
                                              fmt::join(names, ", "))},
               invocation);
    return exit_status(Verdict::unable);
  }
  GateRun run(type, invocation);
  const gate::Info& info = type.face->info;
  const CommandSelf self{info.name,
                         executable_name(info.name),
                         [&] { return gate_help(type, run.setup.table, invocation.width); },
                         0,
                         {{info.name, run.options.get()}}};
  run.setup.called = {self.name};
  if (const auto line = begin_command(run.setup, invocation, self); !line) {
    return line.error();
  }
  const auto report = guarded([&run] { return run_to_report(run); });
  if (!report) {
    return emit_failure(info.name, report.error(), run.setup, invocation);
  }
  return emit_reports(std::span(&*report, 1), run.setup, invocation);
}

gate::PolicyFiles
policy_files_of(const Setup& setup)
{
  const std::string whose = setup.trust.branch.empty() ? "the default branch" : setup.trust.branch;
  switch (setup.trust.source) {
  case ci::Trust::Source::work_tree:
    break;
  case ci::Trust::Source::tip:
    return {std::make_shared<gate::CommitTree>(*setup.repository, *setup.trust.tip, ""), whose, ""};
  case ci::Trust::Source::absent:
    return {nullptr, whose, setup.trust.fix};
  }
  return {gate::disk_tree(setup.repository ? &*setup.repository : nullptr, policy_root(setup), ""), "", ""};
}

std::optional<std::chrono::sys_seconds>
told_time(const Setup& setup, const Invocation& invocation)
{
  if (const auto day = parse_date(setup.options.as_of)) {
    return std::chrono::sys_days(std::chrono::year(day->year) / day->month / day->day);
  }
  const auto epoch = value_of(invocation.environment, "SOURCE_DATE_EPOCH");
  return epoch.empty() ? std::nullopt : std::optional(std::chrono::floor<std::chrono::seconds>(now(epoch)));
}

}  // namespace

Date
today_of(const Setup& setup, const Invocation& invocation)
{
  return parse_date(setup.options.as_of).value_or(date_of(invocation.now));
}

gate::Input
gate_input(const Setup& setup, const Invocation& invocation, Date today)
{
  gate::Input input;
  input.directory = setup.directory;
  input.repository = setup.repository ? &*setup.repository : nullptr;
  input.no_repository = setup.no_repository;
  input.range = setup.range;
  input.asked = setup.options.asked;
  input.rules = gate::RuleSet(setup.options.disable, setup.options.preview);
  input.policy_files = policy_files_of(setup);
  input.today = today;
  input.told_time = told_time(setup, invocation);
  input.read_standard_input = invocation.read_standard_input;
  input.cache = cache_of(invocation.environment);
  input.threads = static_cast<unsigned>(setup.options.threads);
  return input;
}

GateRun::GateRun(const gate::Type& gate_type, const Invocation& this_invocation)
    : type(gate_type),
      invocation(this_invocation),
      options(gate_type.face->options())
{
  config::describe(setup.options, setup.table);
  setup.table.begin_section(type.face->info.name);
  options->bind(setup.table);
}

RawReport
judge(const GateRun& run, Findings findings, const Policy& policy, Start start)
{
  Acceptance acceptance = acceptance_of(run.setup, policy, run.invocation);
  const Looked looked{findings.basis, findings.extent};
  RawReport report = policy.judge(std::move(findings));
  const gate::Info& info = run.type.face->info;
  report.tool = info.name;
  report.version = version;
  report.scan = info.scan;
  report.context = run_context(run.setup, looked);
  report.context.acceptance = std::move(acceptance);
  report.started = start.wall;
  const gate::RuleSet rules(run.setup.options.disable, run.setup.options.preview);
  std::copy_if(run.type.rules.begin(), run.type.rules.end(), std::back_inserter(report.rules),
               [&rules](const RuleMeta* rule) { return rules.applies(*rule); });
  report.notices.insert(report.notices.begin(), run.setup.notices.begin(), run.setup.notices.end());
  report.duration =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start.steady);
  return report;
}

Start
start_of(const Invocation& invocation)
{
  const auto epoch = value_of(invocation.environment, "SOURCE_DATE_EPOCH");
  return {epoch.empty() ? invocation.now : now(epoch), invocation.started};
}

Result<Report>
run_to_report(GateRun& run)
{
  const Start start = start_of(run.invocation);
  TRY_ASSIGN(Policy policy, make_policy(run.setup, run.type, run.invocation, today_of(run.setup, run.invocation)));
  ServiceHolder holder(run.type, run.type.face->info.needs, run.invocation,
                       run.setup.repository ? &*run.setup.repository : nullptr);
  gate::Progress progress;
  gate::Input input = gate_input(run.setup, run.invocation, policy.today);
  input.progress = &progress;
  input.services = holder.services();
  input.is_suppressed = [&policy](const Finding& finding) { return policy.suppresses(finding); };
  auto ticker = show_progress(progress, run.setup.options, run.invocation);
  TRY_ASSIGN(Findings findings, examine(run, input));
  ticker.reset();
  TRY_ASSIGN(auto saved, save_baseline(run.setup, run.invocation, policy, findings));
  if (saved) {
    // It must count at once, or the run that creates a baseline would fail for what it accepts.
    policy.baseline = std::move(saved->baseline);
    run.setup.notices.push_back(std::move(saved->notice));
  }
  RawReport raw = judge(run, std::move(findings), policy, start);
  name_blobs(raw, run.setup, *run.invocation.redactor);
  Report report(raw, *run.invocation.redactor);
  act(run, report, std::move(raw), input.services);
  return report;
}

int
run_gate(const gate::Type& type, const Invocation& invocation)
{
  try {
    return finished(run_checked(type, invocation), invocation);
  } catch (const std::exception& exception) {
    emit_error({ErrorKind::internal, fmt::format("internal error: {}", exception.what())}, invocation);
    return exit_status(Verdict::unable);
  }
}

}  // namespace sluice::cli
