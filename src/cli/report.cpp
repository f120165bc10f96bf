// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "ci/ci_context.hpp"
#include "cli/command_line.hpp"
#include "cli/emit.hpp"
#include "cli/gate_run.hpp"
#include "cli/help.hpp"
#include "cli/sluice.hpp"
#include "config/layers.hpp"
#include "output/sink.hpp"

#include <algorithm>
#include <ostream>

namespace sluice::cli {

namespace {

constexpr std::size_t max_files = 1000;

Result<std::vector<Report>>
read_reports(std::span<const std::string> names, const Invocation& invocation)
{
  std::vector<Report> all;
  for (const std::string& name : names) {
    std::string text;
    if (name == "-") {
      text = invocation.read_standard_input();
    } else {
      const std::filesystem::path file(name);
      TRY_ASSIGN(text, read_file(file.is_absolute() ? file : invocation.directory / file, 512U << 20U));
    }
    TRY_ASSIGN(auto reports, output::parse_reports(text, name));
    std::move(reports.begin(), reports.end(), std::back_inserter(all));
  }
  return all;
}

int
worst(std::span<const Report> reports)
{
  int status = exit_status(Verdict::pass);
  for (const Report& report : reports) {
    if (report.verdict == Verdict::fail) {
      return exit_fail;
    }
    status = std::max(status, exit_status(report.verdict));
  }
  return status;
}

Result<int>
render(const config::CommonOptions& options, const CommandLine& line, const Invocation& invocation)
{
  if (line.positional.empty()) {
    return fail(ErrorKind::usage,
                "names no report; give JSON reports (from --format json=FILE), or - for standard input");
  }
  TRY_ASSIGN(const ci::CiContext context, ci::detect(invocation.environment));
  TRY(check_formats(options));
  TRY_ASSIGN(const std::vector<Report> reports, read_reports(line.positional, invocation));
  TRY(emit(reports, options, context, invocation));
  return worst(reports);
}

}  // namespace

int
run_report(const Invocation& invocation)
{
  config::CommonOptions options;
  config::OptionTable table;
  config::describe_output(options, table);
  Result<int> status = exit_status(Verdict::pass);
  if (auto line = parse_command_line(table, invocation.arguments, max_files); !line) {
    status = Failure(line.error());
  } else if (line->has("help")) {
    invocation.out << "Usage: sluice report [OPTION …] FILE…\n\nMerges JSON reports and renders them.\n\n"
                   << option_help(table, invocation.width);
  } else {
    config::Layers layers;
    layers.flags = line->flags;
    const auto applied = config::apply_layers(table, layers);
    status = applied ? render(options, *line, invocation) : Result<int>(Failure(applied.error()));
  }
  if (!status) {
    emit_error(status.error(), invocation);
    return exit_status(status.error().kind);
  }
  return *status;
}

}  // namespace sluice::cli
