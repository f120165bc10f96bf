// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "ci/ci_context.hpp"
#include "cli/command_line.hpp"
#include "cli/emit.hpp"
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
      TRY_ASSIGN(text, invocation.read_standard_input());
    } else {
      const std::filesystem::path file(name);
      TRY_ASSIGN(text, read_file(file.is_absolute() ? file : invocation.directory / file, 512U << 20U));
    }
    TRY_ASSIGN(auto reports, output::parse_reports(text, name, *invocation.redactor));
    std::move(reports.begin(), reports.end(), std::back_inserter(all));
  }
  return all;
}

/// What people write who want a statement is a format like any other.
std::vector<std::string>
spelled_out(std::vector<std::string> arguments)
{
  std::replace(arguments.begin(), arguments.end(), std::string("--in-toto"), std::string("--format=in-toto"));
  return arguments;
}

Result<int>
render(Setup& setup, const CommandLine& line, const Invocation& invocation)
{
  if (line.positional.empty()) {
    return fail(ErrorKind::usage,
                "names no report; give JSON reports (from --format json=FILE), or - for standard input");
  }
  TRY(check_formats(setup, invocation));
  TRY_ASSIGN(const std::vector<Report> reports, read_reports(line.positional, invocation));
  return emit_reports(reports, setup, invocation);
}

}  // namespace

int
run_report(const Invocation& invocation)
{
  const std::vector<std::string> arguments = spelled_out(invocation.arguments);
  Setup setup;
  setup.context = ci::identify(invocation.environment);
  config::describe_output(setup.options, setup.table);
  Result<int> status = exit_status(Verdict::pass);
  if (auto line = parse_command_line(setup.table, arguments, max_files); !line) {
    config::Layers layers;
    layers.flags = flags_given("format", arguments);
    config::apply_operator_layers(setup.table, layers);
    status = Failure(line.error());
  } else if (line->has("help")) {
    invocation.out
        << "Usage: sluice report [OPTION …] FILE…\n\nMerges JSON reports and renders them; --in-toto is short for "
           "--format in-toto.\n\n"
        << option_help(setup.table, invocation.width);
  } else {
    config::Layers layers;
    layers.flags = line->flags;
    const auto applied = config::apply_layers(setup.table, layers);
    status = applied ? render(setup, *line, invocation) : Result<int>(Failure(applied.error()));
  }
  if (!status) {
    return emit_failure("report", status.error(), setup, invocation);
  }
  return *status;
}

}  // namespace sluice::cli
