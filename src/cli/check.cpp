// SPDX-License-Identifier: Apache-2.0
//
// Every gate is a process of its own: they run side by side, each within its own memory, and one that dies takes none
// with it. Each answers with a report in JSON; one that cannot, or does not, has a report all the same, made of what
// it said on standard error, because a gate that was asked for and did not report would look like one that passed.
#include "base/process.hpp"
#include "base/text.hpp"
#include "cli/baseline_file.hpp"
#include "cli/child_environment.hpp"
#include "cli/emit.hpp"
#include "cli/gate_set.hpp"
#include "cli/help.hpp"
#include "cli/progress.hpp"
#include "cli/repeat.hpp"
#include "cli/sluice.hpp"
#include "cli/version.hpp"
#include "finding/executable.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>

namespace sluice::cli {

namespace {

using Faces = std::span<const gate::Face* const>;

Result<std::vector<const gate::Face*>>
chosen_gates(const CheckOptions& options, Faces gates)
{
  std::vector<std::string_view> known;
  std::vector<const gate::Face*> chosen;
  for (const gate::Face* gate : gates) {
    known.push_back(gate->info.name);
    const bool is_named = std::find(options.gates.begin(), options.gates.end(), gate->info.name) != options.gates.end();
    if (options.gates.empty() || is_named) {
      chosen.push_back(gate);
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

/// The flags of ours that this gate understands, as they were given: it knows its own name in front of one.
std::vector<std::string>
flags_for(const GateSet::Member& member, const CommandLine& line)
{
  std::vector<std::string> flags;
  for (const auto& [key, value] : line.flags) {
    const std::size_t dot = key.find('.');
    const bool is_for_another = dot != std::string::npos && key.substr(0, dot) != member.face->info.name;
    const std::string own = dot == std::string::npos ? key : key.substr(dot + 1);
    if (!is_for_another && !stays_with_the_merged_report(key) && member.has_option(own)) {
      flags.push_back(fmt::format("--{}={}", key, value));
    }
  }
  return flags;
}

/// How far each gate is, shown as one line.
class Progresses
{
public:
  explicit Progresses(std::size_t gates)
      : advances_(gates)
  {}

  /// Whether the line of gate `number` told of progress.
  bool
  note(std::size_t number, std::string_view line)
  {
    const auto advance = parse_progress_line(line);
    if (advance) {
      const std::lock_guard lock(mutex_);
      advances_[number] = advance;
    }
    return advance.has_value();
  }
  void
  finish(std::size_t number)
  {
    const std::lock_guard lock(mutex_);
    advances_[number].reset();
  }
  [[nodiscard]] std::string
  text(const std::vector<GateSet::Member>& members)
  {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (advances_[i]) {
        parts.push_back(fmt::format("{} {}", members[i].face->info.name, text_of(*advances_[i])));
      }
    }
    return parts.empty() ? "working" : join(parts, " | ");
  }

private:
  std::mutex mutex_;
  std::vector<std::optional<Advance>> advances_;
};

/// What every gate of a run is started with.
struct Launch
{
  const CommandLine& line;
  const Invocation& invocation;
  const Setup& setup;
  Asked asked;
  std::string input;
};

ProcessRequest
request_for(const GateSet::Member& member, const Launch& launch)
{
  ProcessRequest request;
  const std::string executable = executable_name(member.face->info.name);
  request.argv = {(launch.invocation.executables / executable).string(), "--format=json",
                  fmt::format("--asked={}", name_of(launch.asked)), "--progress=lines",
                  "--all-rule-texts",  // the merged report may be asked for in a format that lists them all
                  // A gate ends as its report says; whoever reports on all of them decides what that is worth.
                  "--report-only=false"};
  const std::vector<std::string> flags = flags_for(member, launch.line);
  request.argv.insert(request.argv.end(), flags.begin(), flags.end());
  request.argv.insert(request.argv.end(), launch.line.positional.begin(), launch.line.positional.end());
  Environment environment = child_environment(member, launch.invocation.environment);
  request.environment.emplace(environment.begin(), environment.end());
  request.directory = launch.invocation.directory;
  request.input = launch.input;
  request.timeout = std::chrono::hours(5);
  return request;
}

/// A gate's own words, without its name, which the report gives.
Error
failure_of(std::string_view tool, const ProcessResult& result)
{
  const std::string prefix = executable_name(tool) + ": ";
  std::vector<std::string> lines;
  for (const std::string_view line : lines_of(result.error_output)) {
    if (!line.starts_with("::")) {  // an annotation of the same
      lines.emplace_back(line.starts_with(prefix) ? line.substr(prefix.size()) : line);
    }
  }
  const bool is_unavailable = result.exit_status == exit_status(Verdict::unavailable);
  return {is_unavailable ? ErrorKind::unavailable : ErrorKind::environment,
          lines.empty() ? fmt::format("it ended with status {} and said nothing", result.exit_status)
                        : join(lines, "\n")};
}

Report
failed(const GateSet::Member& member, const Error& error, const Redactor& redactor)
{
  RawReport report = RawReport::of_failure(std::string(member.face->info.name), error);
  report.version = version;
  report.scan = member.face->info.scan;
  return {std::move(report), redactor};
}

std::vector<Report>
run_one(const GateSet::Member& member, const ProcessRequest& request, const Redactor& redactor)
{
  const std::string_view name = member.face->info.name;
  auto result = run_process(request);
  if (!result) {
    return {failed(member, result.error(), redactor)};
  }
  auto reports = output::parse_reports(result->output, executable_name(name), redactor);
  // A gate answers for itself alone, and ends as its verdict says.
  const bool is_own = reports && reports->size() == 1 && reports->front().tool == name;
  if (is_own) {
    const int due = exit_status(reports->front().verdict);
    if (result->exit_status == due) {
      return *std::move(reports);
    }
    return {failed(member,
                   {ErrorKind::environment, fmt::format("its report says {}, but it ended with status {}",
                                                        name_of(reports->front().verdict), result->exit_status)},
                   redactor)};
  }
  // Whoever gives no report has failed, whatever its status says.
  const Error error = result->output.empty() ? failure_of(name, *result)
                      : reports ? Error{ErrorKind::environment, "it did not answer with one report of its own"}
                                : reports.error();
  return {failed(member, error, redactor)};
}

/// An allow entry without a rule may be for any gate: it covers nothing if it does so in all of them.
void
tell_unused_allowances(std::vector<Report>& reports, const Redactor& redactor)
{
  for (const std::string& place : unused_allowances(reports)) {
    reports.front().add_notice(fmt::format("{}: this allow entry covers nothing in any gate", place), redactor);
  }
}

std::vector<Report>
run_all(const std::vector<GateSet::Member>& members, const Launch& launch)
{
  Progresses progresses(members.size());
  const Invocation& invocation = launch.invocation;
  const bool is_shown = invocation.err_is_terminal && !launch.setup.options.quiet
                        && launch.setup.options.progress != ProgressChoice::never;
  std::vector<std::future<std::vector<Report>>> running;
  for (std::size_t i = 0; i < members.size(); ++i) {
    ProcessRequest request = request_for(members[i], launch);
    request.on_error_line = [&progresses, i](std::string_view line) { return progresses.note(i, line); };
    running.push_back(
        std::async(std::launch::async, [&members, &progresses, &invocation, i, request = std::move(request)] {
          std::vector<Report> reports = run_one(members[i], request, *invocation.redactor);
          progresses.finish(i);
          return reports;
        }));
  }
  std::optional<Ticker> ticker;
  if (is_shown) {
    ticker.emplace(
        [&] {
          invocation.err << fmt::format("\r\x1b[K{}: {}", invocation.program, progresses.text(members)) << std::flush;
        },
        [&] { invocation.err << "\r\x1b[K" << std::flush; });
  }
  std::vector<Report> all;
  for (auto& each : running) {
    std::vector<Report> reports = each.get();
    std::move(reports.begin(), reports.end(), std::back_inserter(all));
  }
  ticker.reset();
  tell_unused_allowances(all, *invocation.redactor);
  return all;
}

/// The reports of gates that are not even started.
std::vector<Report>
without_input(const std::vector<GateSet::Member>& members, const Setup& setup, const Redactor& redactor)
{
  std::vector<Report> reports;
  for (const GateSet::Member& member : members) {
    Findings nothing;
    nothing.coverage.scope = "nothing: which commits are to be judged is not known";
    nothing.gaps = setup.range.gaps;
    RawReport report = Policy().judge(std::move(nothing));
    report.tool = member.face->info.name;
    report.version = version;
    report.scan = member.face->info.scan;
    reports.emplace_back(std::move(report), redactor);
  }
  return reports;
}

}  // namespace

void
describe(CheckOptions& options, config::OptionTable& table)
{
  table.list(options.gates, {.key = "gates",
                             .value = "GATE",
                             .help = "The gates to run; all of them if none is named.",
                             .trust = config::Trust::base_ref});
}

int
run_check(Faces gates, const Invocation& invocation)
{
  Setup setup;
  CheckOptions options;
  config::describe(setup.options, setup.table);
  describe(options, setup.table);
  GateSet set(gates, setup.table);
  std::string input;
  Invocation once = invocation;
  once.read_standard_input = [&input, &invocation] {
    auto read = invocation.read_standard_input();
    input = read.value_or("");
    return read;
  };
  CommandSelf self{
      "check", "sluice",
      [&] {
        return "Usage: sluice check [OPTION …]\n\nRuns every gate side by side: one verdict, one table.\n\n"
               + option_help(setup.table, invocation.width) + "\n" + exit_statuses(invocation.width);
      },
      0, set.checked()};
  setup.called = {"sluice", "check"};
  const auto line = begin_command(setup, once, self);
  if (!line) {
    return line.error();
  }
  const auto chosen = chosen_gates(options, gates);
  if (!chosen) {
    return emit_failure("check", chosen.error(), setup, invocation);
  }
  if (const auto is_new = check_baseline_is_new(setup, invocation); !is_new) {
    return emit_failure("check", is_new.error(), setup, invocation);
  }
  const Launch launch{*line, invocation, setup, options.gates.empty() ? Asked::along : Asked::by_name, input};
  const std::vector<GateSet::Member> members = set.members(*chosen);
  // What we could not read we cannot hand on.
  std::vector<Report> reports = setup.context.unread_refs.empty() ? run_all(members, launch)
                                                                  : without_input(members, setup, *invocation.redactor);
  for (Report& report : reports) {
    report.context.reproduce = redacted(repeat_command(setup), invocation);
  }
  return emit_reports(reports, setup, invocation);
}

}  // namespace sluice::cli
