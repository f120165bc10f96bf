// SPDX-License-Identifier: Apache-2.0
//
// One test case per rule that ran, so that a viewer shows what was checked and not only what failed. Viewers read one
// <failure> per case, so all findings of a rule share one. Gaps are errors: the test could not be carried out. So is a
// gate that did not finish; of one that had nothing to look at no rule is shown as passed, but one case as skipped.
#include "base/clock.hpp"
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sluice::output {

namespace {

constexpr std::size_t most_per_rule = 100;
constexpr std::size_t text_limit = 1000;

struct Suite
{
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

double
seconds(std::chrono::milliseconds duration)
{
  return static_cast<double>(duration.count()) / 1000;
}

/// JUnit's schema has a local time without a zone; ours is UTC.
std::string
timestamp(std::chrono::system_clock::time_point time)
{
  std::string text = rfc3339(time);
  return text.substr(0, text.find_first_of(".Z"));
}

std::string
fix_text(std::string_view fix)
{
  std::string text;
  for (const std::string& line : plain_lines(fix, text_limit)) {
    text += line.empty() ? "" : fmt::format("  fix: {}\n", xml(line));
  }
  return text;
}

std::string
related_text(const Finding& finding)
{
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, finding.related.size()); ++i) {
    const RelatedPlace& place = finding.related[i];
    text += fmt::format("  {}: {}{}\n", text_of(place.role), xml(place_text(place.where), text_limit),
                        place.note.empty() ? "" : ": " + xml(place.note, text_limit));
  }
  return text
         + (finding.related.size() > most
                ? fmt::format("  and {} more places\n", with_thousands(finding.related.size() - most))
                : "");
}

std::string
finding_text(const Judged& judged)
{
  const Finding& finding = judged.finding;
  std::string text = fmt::format("{} {}: {}\n", name_of(judged.severity), xml(place_text(finding.where), text_limit),
                                 xml(finding.message, text_limit));
  if (!finding.where.commit.empty()) {
    text += fmt::format("  commit: {}\n", xml(short_commit(finding.where.commit)));
  }
  if (!finding.subject.empty()) {
    text += fmt::format("  about: {}\n", xml(finding.subject, text_limit));
  }
  for (const Identifier& identifier : finding.identifiers) {
    text += fmt::format("  known as: {}\n", xml(identifier.name, 100));
  }
  text += related_text(finding) + fix_text(finding.help);
  return text + fmt::format("  fingerprint: {}\n", xml(finding.fingerprint.hex, 64));
}

std::string
failure_text(const std::vector<const Judged*>& active)
{
  std::string text;
  for (std::size_t i = 0; i < std::min(active.size(), most_per_rule); ++i) {
    text += finding_text(*active[i]);
  }
  if (active.size() > most_per_rule) {
    text += fmt::format("and {} more\n", with_thousands(active.size() - most_per_rule));
  }
  return fmt::format("    <failure message=\"{}\" type=\"{}\">{}</failure>\n",
                     counted(active.size(), "finding", "findings"), name_of(active.front()->severity), text);
}

void
add_case(const Report& report, std::string_view name, std::string_view file, std::string_view content, Suite& suite)
{
  const std::string place = file.empty() ? "" : fmt::format(" file=\"{}\"", xml(file));
  suite.cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\"{} time=\"0.000\"",
                             xml(executable_name(report.tool), 70), xml(name, text_limit), place);
  suite.cases += content.empty() ? std::string("/>\n") : fmt::format(">\n{}  </testcase>\n", content);
  ++suite.tests;
}

void
add_rules(const Report& report, Suite& suite)
{
  std::map<std::string_view, std::vector<const Judged*>> active;
  for (const Shown& shown : active_findings(std::span(&report, 1))) {
    active[rule_of(shown.judged->finding).id].push_back(shown.judged);
  }
  // A rule without a finding has passed only if the gate came to apply it.
  const bool has_looked = !report.failure && !report.absence;
  for (const RuleMeta* rule : rules_of(report)) {
    const auto found = active.find(rule->id);
    if (found == active.end()) {
      if (has_looked) {
        add_case(report, rule->id, "", "", suite);
      }
      continue;
    }
    ++suite.failures;
    add_case(report, rule->id, found->second.front()->finding.where.path, failure_text(found->second), suite);
  }
}

void
add_gap(const Report& report, const JudgedGap& judged, Suite& suite)
{
  const std::string name = "examined: " + judged.gap.subject;
  if (judged.accepted) {
    ++suite.skipped;
    add_case(report, name, "", fmt::format("    <skipped message=\"accepted: {}\"/>\n", xml(judged.reason, text_limit)),
             suite);
    return;
  }
  ++suite.errors;
  add_case(report, name, "",
           fmt::format("    <error message=\"{0}\" type=\"{3}\">not examined: {1}: {0}\n{2}</error>\n",
                       xml(judged.gap.why, text_limit), xml(judged.gap.subject, text_limit), fix_text(judged.gap.fix),
                       name_of(judged.gap.kind)),
           suite);
}

void
add_run(const Report& report, Suite& suite)
{
  if (report.failure) {
    ++suite.errors;
    // A mark of ours before every further line, which a runner that reads the log could else take for a command.
    std::string text;
    for (const std::string& line : plain_lines(report.failure->message, 4 * text_limit)) {
      text += fmt::format("{}{}\n", text.empty() ? "" : "| ", xml(line));
    }
    add_case(report, "run", "",
             fmt::format("    <error message=\"{}\" type=\"{}\">{}</error>\n",
                         xml(plain_lines(report.failure->message).front(), text_limit),
                         name_of(report.failure->verdict), text),
             suite);
  }
  if (report.absence) {
    ++suite.skipped;
    const bool has_no_subject = report.absence->kind == Absence::Kind::no_subject;
    add_case(report, "run", "",
             fmt::format("    <skipped message=\"{}: {}\"/>\n", has_no_subject ? "not applicable" : "nothing to do",
                         xml(report.absence->reason, text_limit)),
             suite);
  }
}

std::string
counts_of(const Suite& suite, std::chrono::milliseconds duration)
{
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"", suite.tests,
                     suite.failures, suite.errors, suite.skipped, seconds(duration));
}

Suite
suite_of(const Report& report)
{
  Suite suite;
  add_run(report, suite);
  add_rules(report, suite);
  for (const JudgedGap& gap : report.gaps) {
    add_gap(report, gap, suite);
  }
  return suite;
}

}  // namespace

std::string
render_junit(Reports reports, const RenderOptions& /*options*/)
{
  Suite total;
  std::chrono::milliseconds duration{0};
  std::string suites;
  for (const Report& report : reports) {
    const Suite suite = suite_of(report);
    suites += fmt::format("<testsuite name=\"{}\" {} timestamp=\"{}\">\n{}</testsuite>\n",
                          xml(executable_name(report.tool), 70), counts_of(suite, report.duration),
                          timestamp(report.started), suite.cases);
    total.tests += suite.tests;
    total.failures += suite.failures;
    total.errors += suite.errors;
    total.skipped += suite.skipped;
    duration += report.duration;
  }
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sluice\" {}>\n{}</testsuites>\n",
                     counts_of(total, duration), suites);
}

}  // namespace sluice::output
