// SPDX-License-Identifier: Apache-2.0
//
// docs/rules/<id>.md: the rule's own documentation, its tested fixture, and what the gate really prints for it, so that
// a page cannot promise what the gate does not do.
#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/gate_run.hpp"
#include "dev/fixture_base.hpp"
#include "dev/generate.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace sluice::dev {

namespace {

namespace fs = std::filesystem;

struct Case
{
  std::string name;  ///< "bad"
  fs::path input;
};

/// The cases of a rule in which it finds something, each with its one input file.
std::vector<Case>
findings_cases(const fs::path& folder)
{
  std::vector<Case> cases;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const auto expected = read_file(entry.path() / "expected");
    if (!expected || expected->empty()) {
      continue;
    }
    for (const auto& file : fs::directory_iterator(entry.path(), error)) {
      if (file.path().stem() == "input" && file.is_regular_file()) {
        cases.push_back({entry.path().filename().string(), file.path()});
      }
    }
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.name < b.name; });
  return cases;
}

/// What stands beside the input of a case that is a change: the same file before it.
fs::path
base_of(const Case& shown)
{
  return shown.input.parent_path() / ("base" + shown.input.extension().string());
}

/// What the gate prints for a directory with just this file.
Result<std::string>
real_output(const gate::Type& type, const RuleMeta& rule, const Case& shown, std::string_view content)
{
  const std::string name = shown.input.filename().string();
  TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create());
  TRY(write_file(directory.path() / name, content));
  const bool is_change = fs::exists(base_of(shown));
  if (is_change) {
    TRY_ASSIGN(const std::string base, read_file(base_of(shown)));
    TRY(commit_with_base(directory.path(), name, base));
  }
  std::ostringstream out;
  std::ostringstream err;
  const gate::Info& info = type.face->info;
  std::vector<std::string> arguments{"--repo", directory.path().string()};
  arguments.insert(arguments.end(), info.fixture_arguments.begin(), info.fixture_arguments.end());
  if (is_change) {
    arguments.insert(arguments.end(), {"--base", std::string(fixture_base)});
  }
  if (rule.state == RuleState::preview) {
    arguments.insert(arguments.end(), {"--preview", std::string(rule.id)});
  }
  const cli::Invocation invocation{.program = fmt::format("sluice-{}", info.name),
                                   .arguments = std::move(arguments),
                                   .environment = {{"SOURCE_DATE_EPOCH", "0"}},
                                   .directory = directory.path(),
                                   .executables = {},
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string(); }};
  cli::GateRun run(type, invocation);
  if (!cli::begin_command(run.setup, invocation, {invocation.program, "", 0, {{info.name, run.options.get()}}})) {
    return fail(ErrorKind::internal, "{}", err.str());
  }
  TRY_ASSIGN(Report report, cli::run_to_report(run));
  report.duration = {};
  return output::find_sink("text")->render(std::span(&report, 1), {.quiet = true});
}

Result<std::string>
example(const gate::Type& type, const RuleMeta& rule, const Case& shown)
{
  TRY_ASSIGN(const std::string source, read_file(shown.input));
  const std::string content = type.expand_fixture != nullptr ? type.expand_fixture(source, rule.id) : source;
  const std::string file = shown.input.filename().string();
  TRY_ASSIGN(const std::string output, real_output(type, rule, shown, content));
  const std::string_view note = type.face->info.fixture_note;
  std::string before;
  if (fs::exists(base_of(shown))) {
    TRY_ASSIGN(const std::string base, read_file(base_of(shown)));
    before =
        fmt::format("\n[`{0}/{1}`](../../fixtures/{2}/rules/{3}/{0}/{1}), merged as\n\n```{4}\n{5}\n```\n\nand now\n",
                    shown.name, base_of(shown).filename().string(), type.face->info.name, rule.id,
                    shown.input.extension().string().substr(1), trim(base));
  }
  return before
         + fmt::format("\n[`{0}/{1}`](../../fixtures/{2}/rules/{3}/{0}/{1}){4}\n\n```{5}\n{6}\n```\n\nprints\n\n"
                       "```text\n{7}\n```\n",
                       shown.name, file, type.face->info.name, rule.id, note.empty() ? "" : fmt::format(" ({})", note),
                       shown.input.extension().string().substr(1), trim(source), trim(output));
}

Result<GeneratedFile>
page(const gate::Type& type, const RuleMeta& rule, const fs::path& root)
{
  const fs::path folder = root / "fixtures" / std::string(type.face->info.name) / "rules" / std::string(rule.id);
  const std::vector<Case> cases = findings_cases(folder);
  if (cases.empty()) {
    return fail(ErrorKind::input, "{}: has no case with an input in which the rule finds something", folder.string());
  }
  std::string text = "<!-- Generated by `sluice-dev generate` from the rule and its fixture. Do not edit. -->\n";
  text += fmt::format("# {}\n\n`{}` · sluice-{} · severity {} · confidence {} · since {}{}\n\n{}\n## {}\n", rule.title,
                      rule.id, rule.tool, name_of(rule.severity), name_of(rule.confidence), rule.since,
                      rule.state == RuleState::preview ? " · preview, off unless asked for" : "", markdown_of(rule.doc),
                      cases.size() == 1 ? "Example" : "Examples");
  for (const Case& shown : cases) {
    TRY_ASSIGN(const std::string shown_text, example(type, rule, shown));
    text += shown_text;
  }
  return GeneratedFile{fmt::format("docs/rules/{}.md", rule.id), text};
}

}  // namespace

Result<std::vector<GeneratedFile>>
rule_pages(Gates gates, const fs::path& root)
{
  std::vector<GeneratedFile> files;
  std::string index = "<!-- Generated by `sluice-dev generate`. Do not edit. -->\n# Rules\n";
  for (const gate::Type* gate : gates) {
    index +=
        fmt::format("\n## sluice-{}\n\n| rule | severity | what it finds |\n|---|---|---|\n", gate->face->info.name);
    for (const RuleMeta* rule : gate->rules) {
      TRY_ASSIGN(GeneratedFile file, page(*gate, *rule, root));
      files.push_back(std::move(file));
      index += fmt::format("| [`{0}`]({0}.md) | {1} | {2} |\n", rule->id, name_of(rule->severity),
                           replace_all(rule->title, "|", "\\|"));
    }
  }
  files.push_back({"docs/rules/README.md", index});
  return files;
}

}  // namespace sluice::dev
