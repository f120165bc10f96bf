// SPDX-License-Identifier: Apache-2.0
#include "env/check_command.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "env/disk_survey.hpp"
#include "env/examination.hpp"
#include "env/fix.hpp"
#include "env/process_file.hpp"
#include "env/repository_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

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

constexpr std::string_view usual_schema = ".env.schema";

/// Those that the process has, and those that it lacks or may lack.
std::size_t
examined_names(const Survey& process)
{
  std::size_t count = process.wanted.size();
  for (const Entry& entry : process.files.front().reading().entries) {
    count += process.wanted.contains(entry.key) ? 0 : 1;
  }
  return count;
}

/// What keeps a file that is called a schema from being one.
std::string
why_unread(const Survey& project, const std::string& path)
{
  if (project.tree->kind(path) == gate::EntryKind::directory) {
    return "the schema is no file";
  }
  const auto text = read_path(project, path, gate::max_file_bytes);
  if (!text) {
    return text.error().message;
  }
  if (!is_utf8(*text)) {
    return "the schema is not UTF-8";
  }
  return trim(*text).empty() ? "the schema is empty" : "the schema names no variable";
}

/// Of schemas alone: what else of the repository cannot be read says nothing of the process.
std::vector<Gap>
gaps_of_schemas(const Survey& project)
{
  std::set<std::string, std::less<>> read;
  for (const Schema& schema : project.schemas) {
    read.insert(schema.path);
  }
  std::vector<Gap> gaps;
  std::set<std::string, std::less<>> told;
  for (const Gap& gap : project.gaps) {
    const std::string_view subject = std::string_view(gap.subject).substr(project.prefix.size());
    const std::string path(subject.substr(0, subject.rfind(':')));
    if (read.contains(path) || is_schema_path(path)) {
      told.insert(path);
      gaps.push_back(gap);
    }
  }
  std::set<std::string, std::less<>> named;
  std::copy_if(project.paths.begin(), project.paths.end(), std::inserter(named, named.end()), is_schema_path);
  if (project.tree->kind(usual_schema) != gate::EntryKind::none) {
    named.emplace(usual_schema);
  }
  for (const std::string& path : named) {
    if (!read.contains(path) && !told.contains(path)) {
      gaps.push_back({GapKind::unreadable, project.prefix + path, why_unread(project, path),
                      "Write in it what the program needs, or take it away"});
    }
  }
  return gaps;
}

/// What is told of a file and not of the process, such as where a name stands in code, is the repository's matter.
Findings
findings_of_process(const Survey& project, const CheckOptions& options, const gate::CommandInput& input)
{
  const auto process = process_survey(project, *input.input.services.process, options.environment);
  Findings findings = findings_of(*process, input.input.rules);
  const std::string own = subject_of(process->targets.front(), {});
  std::erase_if(findings.found, [&own](const Finding& each) { return !each.subject.starts_with(own); });
  findings.gaps = gaps_of_schemas(project);
  findings.sections.clear();
  findings.notices.clear();
  if (!project.fingerprints.empty()) {
    findings.notices.emplace_back("fingerprints were given and are not compared with this process; give a set that "
                                  "`sluice-env fingerprint --from-process` makes of it to a run over files");
  }
  findings.absence.reset();
  findings.coverage.scope =
      fmt::format("the environment of this process, as {}", printable(process->targets.front().name));
  findings.coverage.counts = {{examined_names(*process), "variables"}};
  // An example names variables and does not say which of them a program needs.
  const bool is_told = std::any_of(process->wanted.begin(), process->wanted.end(),
                                   [](const auto& each) { return each.second.item.need != Need::unsaid; });
  const bool has_values = !process->files.front().reading().entries.empty();
  if ((process->wanted.empty() || (!is_told && !has_values)) && findings.gaps.empty()) {
    findings.gaps.push_back({GapKind::no_data, "the environment of this process",
                             "no schema says what the program needs",
                             "Bring the schema along, such as .env.schema, and name its directory with --repo"});
  }
  return findings;
}

/// What was named and holds nothing is no pass.
void
tell_barren(const Survey& survey, const std::vector<std::string>& wanted, std::vector<Gap>& gaps)
{
  for (const std::string& path : wanted) {
    const auto lies_there = [&](const auto& each) { return lies_in(each.path, {path}); };
    const bool holds_some = std::any_of(survey.seen.begin(), survey.seen.end(), lies_there)
                            || std::any_of(survey.schemas.begin(), survey.schemas.end(), lies_there)
                            || std::any_of(survey.files.begin(), survey.files.end(),
                                           [&](const DotenvFile& file) { return lies_in(file.source.path(), {path}); });
    const bool is_told = std::any_of(gaps.begin(), gaps.end(), [&](const Gap& gap) {
      return gap.subject.starts_with(survey.prefix) && is_of_any(gap, survey.prefix, {path});
    });
    if (!holds_some && !is_told) {
      gaps.push_back({GapKind::no_data, survey.prefix + path, "nothing in it reads, gives or declares a variable", {}});
    }
  }
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
    if (input.arguments[i].empty()) {
      return fail(ErrorKind::usage, "an argument is empty; a path is wanted");
    }
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
  tell_barren(*disk.survey, wanted, findings.gaps);
  findings.gaps.insert(findings.gaps.begin(), disk.gaps.begin(), disk.gaps.end());
  findings.basis = Basis::files;
  findings.extent = wanted.empty() && !options.from_process ? Extent::whole : Extent::part;
  return gate::CommandOutcome{.note = std::move(note), .findings = std::move(findings)};
}

}  // namespace sluice::env
