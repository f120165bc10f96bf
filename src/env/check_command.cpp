// SPDX-License-Identifier: Apache-2.0
#include "env/check_command.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "env/disk_survey.hpp"
#include "env/examination.hpp"
#include "env/fix.hpp"
#include "env/process_file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

namespace fs = std::filesystem;

/// The argument as a path from the directory that is judged; empty: the directory itself.
Result<std::string>
path_from(const fs::path& directory, const fs::path& file)
{
  TRY_ASSIGN(const bool is_there, sluice::is_there(file));
  if (!is_there) {
    return fail(ErrorKind::usage, "{}: there is no such file or directory", printable(file.string()));
  }
  std::error_code failed;
  const std::string path =
      fs::weakly_canonical(file, failed).lexically_relative(fs::weakly_canonical(directory, failed)).generic_string();
  if (failed || path.empty() || path == ".." || path.starts_with("../")) {
    return fail(ErrorKind::usage, "{}: does not lie in {}; name that directory with --repo", printable(file.string()),
                printable(directory.string()));
  }
  return path == "." ? std::string() : path;
}

bool
is_at_any(const Finding& finding, std::string_view prefix, const std::vector<std::string>& wanted)
{
  const auto is_there = [&](const Location& where) {
    return where.path.starts_with(prefix) && lies_in(std::string_view(where.path).substr(prefix.size()), wanted);
  };
  return is_there(finding.where)
         || std::any_of(finding.related.begin(), finding.related.end(),
                        [&](const RelatedPlace& place) { return is_place_of_finding(place) && is_there(place.where); });
}

bool
is_of_any(const Gap& gap, std::string_view prefix, const std::vector<std::string>& wanted)
{
  const std::string_view path = std::string_view(gap.subject).substr(0, gap.subject.rfind(':'));
  return wanted.empty() || !gap.subject.starts_with(prefix) || lies_in(path.substr(prefix.size()), wanted);
}

/// The process has what it has, whatever the repository's own files say.
Findings
findings_of_process(const Survey& project, const CheckOptions& options, const gate::CommandInput& input)
{
  const auto process = process_survey(project, *input.input.services.process, options.environment);
  Findings findings = findings_of(*process, input.input.rules);
  findings.gaps = project.gaps;
  findings.sections.clear();
  findings.absence.reset();
  findings.coverage.scope =
      fmt::format("the environment of this process, as {}", printable(process->targets.front().name));
  findings.coverage.counts = {{process->files.front().reading().entries.size(), "variables"}};
  if (process->wanted.empty()) {
    findings.gaps.push_back({GapKind::no_data, "the environment of this process",
                             "no schema says what the program needs",
                             "Bring the schema along, such as .env.schema, and name its directory with --repo"});
  }
  return findings;
}

}  // namespace

void
describe(CheckOptions& options, config::OptionTable& table)
{
  table.toggle(
      options.from_process,
      {.key = "from-process",
       .help = "Judge the environment of this process by the schemas, as a container does before its program."});
  table.toggle(options.fix, {.key = "fix",
                             .help = "With --style: mend the style of dotenv files first, as far as every reader makes "
                                     "the same of them as before."});
  table.toggle(options.order, {.key = "order", .help = "With --fix: order keys as well."});
  table.text(options.environment, {.key = "environment",
                                   .value = "NAME",
                                   .help = "With --from-process: the environment that it is; also told by APP_ENV and "
                                           "its like."});
}

Result<gate::CommandOutcome>
check_command(const CheckOptions& options, const gate::CommandInput& input)
{
  if (options.from_process && (options.fix || !input.arguments.empty())) {
    return fail(ErrorKind::usage, "--from-process judges this process and no files; leave {} out",
                options.fix ? "--fix" : printable(input.arguments.front()));
  }
  if (options.fix && !gate::values_of<EnvOptions>(input.gate_options).style) {
    return fail(ErrorKind::usage, "--fix mends the style of dotenv files, which is not looked at; add --style");
  }
  std::vector<std::string> wanted;
  for (std::size_t i = 0; i < input.arguments.size(); ++i) {
    TRY_ASSIGN(std::string path, path_from(input.input.directory, input.file(i)));
    wanted.push_back(std::move(path));
  }
  TRY_ASSIGN(DiskSurvey disk, survey_disk(input, wanted));
  std::string note;
  if (options.fix) {
    TRY_ASSIGN(const auto written,
               fix_style(*disk.survey, input.input.rules, options.order ? Order::mended : Order::kept, wanted,
                         input.input.directory));
    for (const std::string& path : written) {
      note += fmt::format("mended {}\n", printable(path));
    }
    TRY_ASSIGN(disk, survey_disk(input, wanted));
  }
  Findings findings = options.from_process ? findings_of_process(*disk.survey, options, input)
                                           : findings_of(*disk.survey, input.input.rules);
  std::erase_if(findings.found, [&](const Finding& each) { return !is_at_any(each, disk.survey->prefix, wanted); });
  std::erase_if(findings.gaps, [&](const Gap& each) { return !is_of_any(each, disk.survey->prefix, wanted); });
  findings.gaps.insert(findings.gaps.begin(), disk.gaps.begin(), disk.gaps.end());
  findings.basis = Basis::files;
  findings.extent = wanted.empty() && !options.from_process ? Extent::whole : Extent::part;
  return gate::CommandOutcome{.note = std::move(note), .findings = std::move(findings)};
}

}  // namespace sluice::env
