// SPDX-License-Identifier: Apache-2.0
//
// GitHub discards a summary over 1 MiB as a whole, so this one is built to a budget: what must be said (verdict,
// coverage, gaps, the worst findings, how to fix and repeat) has bounded rows of bounded texts and is made first;
// rows of further findings fill what is left, whole rows only, and the last line says how many did not fit.
// Untrusted text stands behind a mark of ours on its line and all its punctuation is written as entities.
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "output/budget.hpp"
#include "output/counted_marks.hpp"
#include "output/escape.hpp"
#include "output/groups.hpp"
#include "output/permalink.hpp"
#include "output/renderers.hpp"
#include "output/section_markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::output {

namespace {

constexpr std::size_t kib = 1024;
constexpr std::size_t budget = 900 * kib;
constexpr std::size_t most_rows = 50;
constexpr std::size_t text_limit = 500;
constexpr std::string_view table_head = "| Severity | Rule | Where | What | Fingerprint |\n|---|---|---|---|---|\n";

/// What the sections that come before the overflow may take; together less than the budget.
constexpr std::size_t reports_budget = 100 * kib;
constexpr std::size_t failures_budget = 50 * kib;
constexpr std::size_t findings_budget = 220 * kib;
constexpr std::size_t gaps_budget = 120 * kib;
constexpr std::size_t fix_budget = 100 * kib;
constexpr std::size_t warnings_budget = 40 * kib;
constexpr std::size_t marks_budget = 40 * kib;
constexpr std::size_t sections_budget = 130 * kib;
constexpr std::size_t notices_budget = 40 * kib;
constexpr std::size_t repeat_budget = 50 * kib;

std::string
and_more(std::size_t shown, std::size_t total, std::string_view what)
{
  return shown == total ? std::string() : fmt::format("\nand {} more {}\n", with_thousands(total - shown), what);
}

std::string_view
icon(Verdict verdict)
{
  switch (verdict) {
  case Verdict::pass:
    return "✅";
  case Verdict::fail:
  case Verdict::unable:
    return "❌";
  case Verdict::not_applicable:
    return "➖";
  case Verdict::incomplete:
  case Verdict::unavailable:
    break;
  }
  return "⚠";
}

std::string
code(std::string_view untrusted, std::size_t limit = text_limit)
{
  return untrusted.empty() ? "" : fmt::format("<code>{}</code>", markdown_code(untrusted, limit));
}

std::string
place(const Location& where, const RunContext& context)
{
  const std::string text = code(place_text(where));
  const std::string url = permalink(where, context);
  const std::string commit =
      where.commit.empty() || where.path.empty() ? "" : " in " + code(short_commit(where.commit));
  return (url.empty() ? text : fmt::format("<a href=\"{}\">{}</a>", url, text)) + commit;
}

std::string
identifiers_of(const Finding& finding)
{
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, finding.identifiers.size()); ++i) {
    const std::string name = markdown(finding.identifiers[i].name, 100);
    const std::string url = finding.identifiers[i].url();
    text += (text.empty() ? "<br>" : ", ") + (is_web_url(url) ? fmt::format("<a href=\"{}\">{}</a>", url, name) : name);
  }
  return text;
}

std::string
related_of(const Shown& shown)
{
  constexpr std::size_t most = 5;
  const std::vector<RelatedPlace>& related = shown.judged->finding.related;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, related.size()); ++i) {
    text += fmt::format("<br>{} {}", text_of(related[i].role), place(related[i].where, shown.report->context));
    text += related[i].note.empty() ? "" : ": " + markdown(related[i].note, 200);
  }
  return text + (related.size() > most ? fmt::format("<br>and {} more places", related.size() - most) : "");
}

std::string
row(const Shown& shown)
{
  const Finding& finding = shown.judged->finding;
  const std::string subject = finding.subject.empty() ? "" : "<br>" + code(finding.subject, 300);
  const std::string confidence = finding.own_confidence() == Confidence::high
                                     ? ""
                                     : fmt::format("<br>confidence {}", name_of(finding.own_confidence()));
  return fmt::format("| {}{} | {} | {} | {}{}{}{} | {} |\n", name_of(shown.judged->severity), confidence,
                     code(rule_of(finding).id, 100), place(finding.where, shown.report->context),
                     markdown(finding.message, text_limit), subject, identifiers_of(finding), related_of(shown),
                     code(finding.fingerprint.hex.substr(0, 16)));
}

/// What a gate has found, or why it has not looked.
std::string
outcome_of(const Report& report, const Tally& counts)
{
  if (report.verdict == Verdict::not_applicable) {
    return report.absence ? markdown(report.absence->reason, text_limit) : "";
  }
  const bool is_silent = counts.active_total() + counts.gaps == 0;
  if (report.failure) {
    return is_silent ? "did not finish" : active_text(counts) + ", did not finish";
  }
  return active_text(counts) + (report.absence ? "<br>" + markdown(report.absence->reason, text_limit) : "");
}

std::string
report_row(const Report& report)
{
  const Tally counts = tally(report);
  const RunContext& context = report.context;
  const std::string range = context.range.empty() ? "" : code(context.range);
  const std::string why = context.range_reason.empty() ? "" : fmt::format(" ({})", markdown(context.range_reason, 200));
  const std::string scope =
      report.coverage.scope.empty() ? "" : fmt::format("<br>{}", markdown(report.coverage.scope, text_limit));
  return fmt::format("| {} | {} {} | {} | {} | {}{} | {}{} | {} |\n", code(report.tool, 60), icon(report.verdict),
                     words_of(report.verdict), outcome_of(report, counts), passed_text(counts),
                     markdown(coverage_text(report.coverage)), scope, range, why, duration_text(report.duration));
}

std::string
head(Reports reports)
{
  const Verdict verdict = merged_verdict(reports);
  const Tally counts = tally(reports);
  const std::string passed = passed_text(counts);
  std::string text = fmt::format("## {} Sluice: {}\n\n**{}**{}{}\n\n", icon(verdict), words_of(verdict),
                                 verdict == Verdict::not_applicable ? "nothing to examine" : active_text(counts),
                                 passed.empty() ? "" : "; ", passed);
  if (reports.empty()) {
    return text + "No gate has reported: nothing was examined.\n";
  }
  text += "| Gate | Verdict | Counts | Not counted | Examined | Range | Time |\n|---|---|---|---|---|---|---|\n";
  const std::size_t shown = fill(text, 0, std::min(reports.size(), most_rows), reports_budget,
                                 [reports](std::size_t i) { return report_row(reports[i]); });
  return text + and_more(shown, reports.size(), "reports");
}

std::string
failure_entry(const Report& report)
{
  std::string text;
  for (const std::string& line : plain_lines(report.failure->message, 4 * text_limit)) {
    text += (text.empty() ? "" : "<br>") + markdown(line, 2 * text_limit);
  }
  return fmt::format("- {} is {}: {}\n", code(executable_name(report.tool), 80), name_of(report.failure->verdict),
                     text);
}

std::string
failures(Reports reports)
{
  std::vector<const Report*> all;
  for (const Report& report : reports) {
    if (report.failure) {
      all.push_back(&report);
    }
  }
  if (all.empty()) {
    return {};
  }
  std::string text = "\n### Did not finish\n\n";
  const std::size_t shown = fill(text, 0, std::min(all.size(), most_rows), failures_budget,
                                 [&all](std::size_t i) { return failure_entry(*all[i]); });
  return text + and_more(shown, all.size(), "gates");
}

std::string
gap_row(const JudgedGap& judged)
{
  std::string why = markdown(judged.gap.why, text_limit);
  if (!judged.reason.empty()) {
    why += fmt::format(" ({}{})", judged.accepted ? "accepted: " : "", markdown(judged.reason, text_limit));
  }
  std::string fix;
  for (const std::string& line : plain_lines(judged.gap.fix, 2 * text_limit)) {
    fix += (fix.empty() ? "" : "<br>") + markdown(line, text_limit);
  }
  return fmt::format("| {} | {} | {} | {} |\n", name_of(judged.gap.kind), markdown(judged.gap.subject, text_limit), why,
                     fix);
}

std::string
gaps(Reports reports)
{
  std::vector<const JudgedGap*> all;
  for (const GapGroup& group : grouped_gaps(reports)) {
    all.insert(all.end(), group.gaps.begin(), group.gaps.end());
  }
  if (all.empty()) {
    return {};
  }
  std::string text = "\n### Not examined\n\n| Kind | What | Why | How to fix |\n|---|---|---|---|\n";
  const std::size_t shown =
      fill(text, 0, std::min(all.size(), most_rows), gaps_budget, [&all](std::size_t i) { return gap_row(*all[i]); });
  return text + and_more(shown, all.size(), "gaps");
}

std::string
fix_entry(const Finding& finding)
{
  std::string text = fmt::format("- {} {}:", code(rule_of(finding).id, 100), markdown(rule_of(finding).title, 200));
  for (const std::string& line : plain_lines(finding.help, 2 * text_limit)) {
    text += "<br>" + markdown(line, 2 * text_limit);
  }
  return text + "\n";
}

std::string
how_to_accept_entry(const std::vector<Shown>& findings)
{
  std::string text = "- To accept a finding: ";
  AdviceOn any;
  any.place = place_of_advice(findings);
  any.names = names_of_advice(findings);
  for (const AdvicePart& part : how_to_accept(findings.front().report->context.acceptance, any)) {
    text += part.kind == AdvicePart::Kind::code ? code(part.text) : markdown(part.text, text_limit);
  }
  return text + ".\n";
}

/// One entry for each way: a hundred findings of one rule are often fixed in one.
std::string
how_to_fix(const std::vector<Shown>& findings)
{
  if (findings.empty()) {
    return {};
  }
  std::vector<const Finding*> first_of_way;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Shown& shown : findings) {
    const Finding& finding = shown.judged->finding;
    if (!finding.help.empty() && seen.emplace(rule_of(finding).id, finding.help).second) {
      first_of_way.push_back(&finding);
    }
  }
  std::string text = "\n### How to fix\n\n";
  const std::size_t shown = fill(text, 0, std::min(first_of_way.size(), most_rows), fix_budget,
                                 [&](std::size_t i) { return fix_entry(*first_of_way[i]); });
  return text + and_more(shown, first_of_way.size(), "fixes") + how_to_accept_entry(findings);
}

std::string
warnings(Reports reports)
{
  const std::vector<Shown> all = warned_findings(reports);
  if (all.empty()) {
    return {};
  }
  std::string text = fmt::format("\n### Warnings\n\nPolicy lets them pass.\n\n{}", table_head);
  const std::size_t shown =
      fill(text, 0, std::min(all.size(), most_rows), warnings_budget, [&all](std::size_t i) { return row(all[i]); });
  return text + and_more(shown, all.size(), "warnings");
}

std::string
mark_row(const CountedMark& mark)
{
  return fmt::format("| {} | {} | {} | {} |\n", code(rule_of(mark.judged->finding).id, 100),
                     place(mark.where, mark.report->context), owner_text(mark),
                     markdown(reason_text(mark), text_limit));
}

/// What the author of the text alone decided; a reviewer has to see it.
std::string
marks(Reports reports)
{
  const std::vector<CountedMark> all = counted_marks(reports);
  if (all.empty()) {
    return {};
  }
  std::string text = "\n### Allowed by comments in the text\n\n| Rule | Comment | For | Reason |\n|---|---|---|---|\n";
  const std::size_t shown =
      fill(text, 0, std::min(all.size(), most_rows), marks_budget, [&all](std::size_t i) { return mark_row(all[i]); });
  return text + and_more(shown, all.size(), "comments");
}

std::string
sections(Reports reports)
{
  std::vector<const Section*> all;
  for (const Report& report : reports) {
    for (const Section& section : report.sections) {
      all.push_back(&section);
    }
  }
  constexpr std::size_t section_budget = 60 * kib;
  std::string text;
  const std::size_t shown = fill(text, 0, std::min(all.size(), most_rows), sections_budget,
                                 [&all](std::size_t i) { return markdown_section(*all[i], section_budget); });
  return text + and_more(shown, all.size(), "sections");
}

std::string
notices(Reports reports)
{
  std::vector<std::string_view> all;
  for (const Report& report : reports) {
    all.insert(all.end(), report.notices.begin(), report.notices.end());
  }
  if (all.empty()) {
    return {};
  }
  std::string text = "\n### Notices\n\n";
  const std::size_t shown = fill(text, 0, std::min(all.size(), most_rows), notices_budget, [&all](std::size_t i) {
    return fmt::format("- {}\n", markdown_block(all[i], text_limit));
  });
  return text + and_more(shown, all.size(), "notices");
}

/// HTML, not a fence: in a fence neither entities nor a mark of ours could precede the command.
std::string
how_to_repeat(Reports reports)
{
  std::vector<std::string_view> commands;
  std::set<std::string_view> seen;
  for (const Report& report : reports) {
    if (!report.context.reproduce.empty() && seen.insert(report.context.reproduce).second) {
      commands.emplace_back(report.context.reproduce);
    }
  }
  if (commands.empty()) {
    return {};
  }
  std::string text = "\n### Repeat on your machine\n\n";
  fill(text, 0, std::min(commands.size(), most_rows), repeat_budget,
       [&commands](std::size_t i) { return fmt::format("<pre><code>{}</code></pre>\n", markdown_code(commands[i])); });
  return text;
}

struct FindingsTable
{
  std::string text;
  std::size_t shown = 0;
};

FindingsTable
findings_table(const std::vector<Shown>& findings)
{
  if (findings.empty()) {
    return {};
  }
  FindingsTable table{fmt::format("\n### Findings\n\n{}", table_head), 0};
  table.shown = fill(table.text, 0, std::min(findings.size(), most_rows), findings_budget,
                     [&findings](std::size_t i) { return row(findings[i]); });
  return table;
}

/// The findings from `first` on, as far as they fit into `room` bytes.
std::string
overflow(const std::vector<Shown>& findings, std::size_t first, std::size_t room)
{
  constexpr std::size_t frame = 500;  ///< bytes of the text around the rows
  std::string rows;
  const std::size_t next = fill(rows, first, findings.size(), room - std::min(room, frame),
                                [&findings](std::size_t i) { return row(findings[i]); });
  std::string text;
  if (next > first) {
    text = fmt::format("\n<details><summary>{} more findings</summary>\n\n{}{}\n</details>\n",
                       with_thousands(next - first), table_head, rows);
  }
  if (next < findings.size()) {
    text += fmt::format("\n{} more did not fit into this summary; the report files hold all of them.\n",
                        with_thousands(findings.size() - next));
  }
  return text;
}

}  // namespace

std::string
render_summary(Reports reports, const RenderOptions& /*options*/)
{
  const std::vector<Shown> findings = active_findings(reports);
  const FindingsTable table = findings_table(findings);
  const std::string before = head(reports) + failures(reports) + table.text;
  const std::string after = gaps(reports) + how_to_fix(findings) + warnings(reports) + marks(reports)
                            + sections(reports) + notices(reports) + how_to_repeat(reports);
  const std::size_t used = before.size() + after.size();
  return before + overflow(findings, table.shown, budget - std::min(budget, used)) + after;
}

}  // namespace sluice::output
