// SPDX-License-Identifier: Apache-2.0
//
// What a person reads first is at the bottom of a terminal, so the page goes from the particular to the general:
// findings by rule, gaps by kind, what was examined, then how many of which rule, a row per gate, and the verdict.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "finding/executable.hpp"
#include "output/counted_marks.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/text_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

/// From here on a person loses count.
constexpr std::size_t few_findings = 5;

std::string
shout(Verdict verdict)
{
  std::string text = words_of(verdict);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

void
add_run(const Report& report, TextPage& page)
{
  const auto row = [&page](std::string_view name, const std::string& untrusted) {
    if (!untrusted.empty()) {
      page.paragraph(page.lead(fmt::format("{:>8}", name), Style::bold) + page.lead("  "), untrusted, 8);
    }
  };
  const std::string& scope = report.coverage.scope;
  if (report.absence) {
    const bool has_no_subject = report.absence->kind == Absence::Kind::no_subject;
    row(has_no_subject ? "skipped" : "idle", (has_no_subject ? "not applicable: " : "") + report.absence->reason);
  } else if (!report.failure || !report.coverage.is_empty()) {
    row("examined", coverage_text(report.coverage) + (scope.empty() ? "" : ": " + scope));
  }
  const std::string& why = report.context.range_reason;
  const bool has_nothing = report.absence && report.absence->kind == Absence::Kind::no_subject;
  if (has_nothing && !report.failure && report.gaps.empty()) {
    return;  // nothing was done, so there is neither where nor how to do it again
  }
  row("range", report.context.range + (why.empty() ? "" : fmt::format(" ({})", why)));
  if (!report.context.reproduce.empty()) {
    page.command(page.lead("  repeat", Style::bold) + page.lead("  "), report.context.reproduce);
  }
}

/// A line for each: nobody has to act on them now, and who reads on finds them in every other format.
void
add_warnings(const Report& report, TextPage& page)
{
  const std::vector<Shown> all = warned_findings(std::span(&report, 1));
  const std::size_t shown = shown_of(all.size(), page);
  for (std::size_t i = 0; i < shown; ++i) {
    const Finding& finding = all[i].judged->finding;
    const TextPage::Lead lead = page.lead("warning", Style::yellow) + page.lead(": ");
    page.line(lead.text
              + shortened(plain(fmt::format("{}: {}", place_text(finding.where), finding.message)),
                          page.width_behind(lead.width)));
  }
  add_more(shown, all.size(), page);
  if (!all.empty()) {
    page.blank();
  }
}

void
add_findings(const Report& report, TextPage& page)
{
  for (const Group& group : grouped(active_findings(std::span(&report, 1)))) {
    add_group(group, page);
  }
  if (!page.options().quiet && !page.options().verbose) {
    add_warnings(report, page);
  }
  for (const Judged& judged : report.judged) {
    if (page.options().verbose && judged.disposition != Disposition::active) {
      add_passed(judged, page);
    }
  }
}

/// What the author of the text alone decided; a reviewer has to see it.
void
add_counted_marks(const Report& report, TextPage& page)
{
  const std::vector<CountedMark> marks = counted_marks(std::span(&report, 1));
  const std::size_t shown = shown_of(marks.size(), page);
  for (std::size_t i = 0; i < shown; ++i) {
    page.paragraph(page.lead("allowed", Style::cyan) + page.lead(": "),
                   fmt::format("{} by a comment for {} at {}: {}", rule_of(marks[i].judged->finding).id,
                               owner_text(marks[i]), place_text(marks[i].where), reason_text(marks[i])),
                   4);
  }
  add_more(shown, marks.size(), page);
  if (!marks.empty()) {
    page.blank();
  }
}

void
add_report(const Report& report, TextPage& page)
{
  const RenderOptions& options = page.options();
  add_findings(report, page);
  for (const GapGroup& group : grouped_gaps(std::span(&report, 1))) {
    if (!group.accepted || !options.quiet) {
      add_gaps(group, page);
    }
  }
  add_failure(report, page);
  if (options.quiet) {
    return;
  }
  if (options.verbose) {
    for (const Section& section : report.sections) {
      add_section(section, page);
    }
  }
  add_counted_marks(report, page);
  for (const std::string& notice : report.notices) {
    page.paragraph(page.lead("notice", Style::cyan) + page.lead(": "), notice, 4);
  }
  if (!report.notices.empty()) {
    page.blank();
  }
  add_run(report, page);
}

/// How many of which rule and how severe, where there are more findings than a person counts.
void
add_tally(Reports reports, TextPage& page)
{
  const std::vector<Shown> findings = active_findings(reports);
  if (findings.size() <= few_findings) {
    return;
  }
  struct Row
  {
    std::string count;
    Severity severity;
    const RuleMeta* rule;
  };
  std::vector<Row> rows;
  std::size_t digits = 0;
  for (const Group& group : grouped(findings)) {
    for (const auto& [severity, count] : group.severities()) {
      rows.push_back({with_thousands(count), severity, group.rule});
      digits = std::max(digits, rows.back().count.size());
    }
  }
  const std::size_t shown = shown_of(rows.size(), page);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string_view severity = name_of(rows[i].severity);
    page.line(fmt::format("  {:>{}}  {}{}  {}", rows[i].count, digits,
                          page.styled(severity, style_of(rows[i].severity)),
                          padding(severity, std::string_view("critical").size()), plain(rows[i].rule->id)));
  }
  add_more(shown, rows.size(), page);
  page.blank();
}

/// What a gate has come to, in the words of its row.
std::string
outcome_text(const Report& report)
{
  const Tally counts = tally(report);
  if (report.verdict == Verdict::not_applicable && report.absence) {
    return report.absence->reason;
  }
  if (!report.failure) {
    return active_text(counts);
  }
  const bool has_found = counts.active_total() + counts.gaps > 0;
  return (has_found ? active_text(counts) + "; " : "") + plain_lines(report.failure->message).front();
}

/// One row per gate, where there are several: gate, verdict, time, and what it came to. The last of them may be long.
void
add_rows(Reports reports, TextPage& page)
{
  std::size_t tool_width = 0;
  std::size_t verdict_width = 0;
  std::size_t time_width = 0;
  for (const Report& report : reports) {
    tool_width = std::max(tool_width, display_width(plain(report.tool, 60)));
    verdict_width = std::max(verdict_width, name_of(report.verdict).size());
    time_width = std::max(time_width, duration_text(report.duration).size());
  }
  for (const Report& report : reports) {
    const std::string tool = plain(report.tool, 60);
    const std::string verdict = words_of(report.verdict);
    page.paragraph(page.lead("  " + tool + padding(tool, tool_width + 2)) + page.lead(verdict, style_of(report.verdict))
                       + page.lead(padding(verdict, verdict_width + 2))
                       + page.lead(fmt::format("{:>{}}  ", duration_text(report.duration), time_width)),
                   outcome_text(report), 4);
  }
}

/// "sluice-secrets, sluice-deps did not finish", or nothing.
std::string
failed_text(Reports reports)
{
  std::vector<std::string> tools;
  for (const Report& report : reports) {
    if (report.failure) {
      tools.push_back(executable_name(plain(report.tool, 60)));
    }
  }
  return tools.empty() ? "" : fmt::format("{} did not finish", join(tools, ", "));
}

std::string
result_text(Reports reports, Verdict verdict)
{
  const Tally counts = tally(reports);
  if (verdict == Verdict::not_applicable) {
    return "nothing of its kind to examine";
  }
  const std::string failed = failed_text(reports);
  const std::string passed = passed_text(counts);
  const bool is_silent = !failed.empty() && counts.active_total() + counts.gaps == 0;
  return failed + (failed.empty() || is_silent ? "" : "; ") + (is_silent ? "" : active_text(counts))
         + (passed.empty() ? "" : "; " + passed);
}

/// "2 accepted gaps, 1 min 5 s" in two: a number stays with its noun.
std::vector<std::string>
clauses_of(std::string_view text)
{
  std::vector<std::string> clauses{""};
  for (const std::string_view word : split(text, ' ')) {
    const bool is_end =
        !clauses.back().empty() && std::string_view(",;|").find(clauses.back().back()) != std::string_view::npos;
    if (is_end) {
      clauses.emplace_back();
    }
    clauses.back() += (clauses.back().empty() ? "" : " ") + std::string(word);
  }
  return clauses;
}

void
add_last_line(Reports reports, TextPage& page)
{
  const Verdict verdict = merged_verdict(reports);
  // The gates ran side by side: the longest is what a person waited for.
  std::chrono::milliseconds duration{0};
  for (const Report& report : reports) {
    duration = std::max(duration, report.duration);
  }
  const std::string text = fmt::format("{} | {} | {}", result_text(reports, verdict),
                                       coverage_text(merged_coverage(reports)), duration_text(duration));
  page.clauses(page.lead(shout(verdict), style_of(verdict)) + page.lead(": "), clauses_of(text), 4);
}

}  // namespace

Style
style_of(Verdict verdict)
{
  switch (verdict) {
  case Verdict::pass:
    return Style::green;
  case Verdict::fail:
  case Verdict::unable:
    return Style::bold_red;
  case Verdict::not_applicable:
    return Style::dim;
  case Verdict::incomplete:
  case Verdict::unavailable:
    break;
  }
  return Style::yellow;
}

std::string
render_text(Reports reports, const RenderOptions& options)
{
  TextPage page(options);
  for (const Report& report : reports) {
    if (reports.size() > 1 && !options.quiet) {
      page.line(page.styled(fmt::format("{} {}", executable_name(plain(report.tool, 60)), plain(report.version, 60)),
                            Style::bold));
      page.blank();
    }
    add_report(report, page);
    if (!options.quiet) {
      page.blank();
    }
  }
  if (!options.quiet) {
    add_tally(reports, page);
  }
  if (reports.size() > 1) {
    add_rows(reports, page);
  }
  add_last_line(reports, page);
  return std::move(page).take();
}

}  // namespace sluice::output
