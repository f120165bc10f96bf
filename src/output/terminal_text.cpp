// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"
#include "output/excerpt.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"
#include "output/text_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::output {

namespace {

/// Columns before the bar, from the widest line number.
std::size_t
gutter_of(const Finding& finding)
{
  return std::max<std::size_t>(4, fmt::format("{}", finding.where.begin.line).size() + 2);
}

Style
style_of(Severity severity)
{
  switch (severity) {
  case Severity::critical:
    return Style::bold_red;
  case Severity::high:
    return Style::red;
  case Severity::medium:
    return Style::yellow;
  case Severity::low:
    return Style::cyan;
  case Severity::info:
    break;
  }
  return Style::dim;
}

Style
style_of(Verdict verdict)
{
  return verdict == Verdict::pass ? Style::green : (verdict == Verdict::fail ? Style::bold_red : Style::yellow);
}

std::string_view
shout(Verdict verdict)
{
  constexpr std::array<std::string_view, 6> names{"NOT APPLICABLE", "PASS", "INCOMPLETE",
                                                  "UNAVAILABLE",    "FAIL", "UNABLE"};
  return names.at(static_cast<std::size_t>(verdict));
}

std::string
place_with_commit(const Location& where)
{
  std::string place = place_text(where);
  if (!where.commit.empty() && !where.path.empty()) {
    place += fmt::format(" in commit {}", short_commit(where.commit));
  }
  return place;
}

void
add_excerpt(const Finding& finding, TextPage& page)
{
  const std::size_t gutter = gutter_of(finding);
  const std::string bar = page.styled("|", Style::blue);
  if (finding.excerpt.empty()) {
    return;
  }
  const std::string number = finding.where.begin.line > 0 ? fmt::format("{}", finding.where.begin.line) : "";
  const Excerpt excerpt = fit_excerpt(finding, page.width_behind(gutter + 2));
  page.line(std::string(gutter, ' ') + bar);
  page.line(
      fmt::format("{} {} {}", page.styled(fmt::format("{:>{}}", number, gutter - 1), Style::blue), bar, excerpt.line));
  if (excerpt.caret_width > 0) {
    page.line(fmt::format("{}{} {}{}", std::string(gutter, ' '), bar, std::string(excerpt.caret_begin, ' '),
                          page.styled(std::string(excerpt.caret_width, '^'), Style::red)));
  }
}

/// How to live with a finding. A comment can only be written where the text can still be changed.
std::string
how_to_allow(const Finding& finding)
{
  const std::string comment =
      finding.where.commit.empty() && finding.where.begin.line > 0
          ? fmt::format("`sluice:allow[{}] REASON` in a comment on that line, or ", rule_of(finding).id)
          : std::string();
  return fmt::format("{}fingerprint {} with reason and expiry under `allow:` in .sluice.yml", comment,
                     finding.fingerprint.hex.substr(0, 16));
}

std::string
related_text(const std::vector<RelatedPlace>& related)
{
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, related.size()); ++i) {
    const RelatedPlace& place = related[i];
    text += fmt::format("{}{} {}{}{}", i > 0 ? "\n" : "", text_of(place.role), place_with_commit(place.where),
                        place.note.empty() ? "" : ": ", place.note);
  }
  if (related.size() > most) {
    text += fmt::format("\nand {} more", with_thousands(related.size() - most));
  }
  return text;
}

void
add_finding(const Judged& judged, TextPage& page)
{
  const Finding& finding = judged.finding;
  const std::size_t gutter = gutter_of(finding);
  const std::string severity(name_of(judged.severity));
  const std::string rule = plain(rule_of(finding).id);
  page.paragraph(fmt::format("{}{}: ", page.styled(severity, style_of(judged.severity)),
                             page.styled(fmt::format("[{}]", rule), Style::bold)),
                 severity.size() + display_width(rule) + 4, finding.message, gutter);
  page.line(fmt::format("{}{} {}", std::string(gutter - 1, ' '), page.styled("-->", Style::blue),
                        place_with_commit(finding.where)));
  add_excerpt(finding, page);
  page.line(std::string(gutter, ' ') + page.styled("|", Style::blue));

  std::vector<TextPage::Item> items;
  for (const Fact& fact : finding.facts) {
    items.push_back({fact.label, fact.value});
  }
  if (!finding.related.empty()) {
    items.push_back({"related", related_text(finding.related)});
  }
  if (!judged.reason.empty()) {
    items.push_back({"note", judged.reason, Style::yellow});
  }
  if (!finding.help.empty()) {
    items.push_back({"fix", finding.help, Style::green});
  }
  if (!finding.fingerprint.hex.empty()) {
    items.push_back({"allow", how_to_allow(finding), Style::dim});
  }
  page.items(items, gutter);
  page.blank();
}

/// One that does not count, in two lines.
void
add_passed(const Judged& judged, TextPage& page)
{
  const std::string what(name_of(judged.disposition));
  const std::string rule = plain(rule_of(judged.finding).id);
  page.paragraph(
      fmt::format("{}{}: ", page.styled(what, Style::dim), page.styled(fmt::format("[{}]", rule), Style::bold)),
      what.size() + display_width(rule) + 4, judged.finding.message, 4);
  page.line(fmt::format("   {} {}", page.styled("-->", Style::blue), place_with_commit(judged.finding.where)));
  std::vector<TextPage::Item> items{{"severity", std::string(name_of(judged.severity))}};
  if (!judged.reason.empty()) {
    items.push_back({"why", judged.reason});
  }
  page.items(items, 4);
  page.blank();
}

void
add_gap(const JudgedGap& judged, TextPage& page)
{
  const std::string_view what = judged.accepted ? "accepted gap" : "not examined";
  page.paragraph(page.styled(what, judged.accepted ? Style::dim : Style::yellow) + ": ", what.size() + 2,
                 judged.gap.subject + ": " + judged.gap.why, 4);
  std::vector<TextPage::Item> items;
  if (!judged.reason.empty()) {
    items.push_back({judged.accepted ? "reason" : "note", judged.reason});
  }
  if (!judged.gap.fix.empty() && !judged.accepted) {
    items.push_back({"fix", judged.gap.fix, Style::green});
  }
  page.items(items, 4);
  page.blank();
}

/// What the gate says instead of findings.
void
add_outcome(const Report& report, TextPage& page)
{
  if (report.failure) {
    const std::string verdict(name_of(report.failure->verdict));
    page.paragraph(page.styled(fmt::format("sluice-{} is {}", plain(report.tool, 60), verdict), Style::bold_red) + ": ",
                   plain(report.tool, 60).size() + verdict.size() + 13, report.failure->message, 4);
    page.blank();
  }
  if (report.absence) {
    page.paragraph(page.styled(fmt::format("sluice-{} examined nothing", plain(report.tool, 60)), Style::dim) + ": ",
                   plain(report.tool, 60).size() + 26, report.absence->reason, 4);
    page.blank();
  }
}

void
add_run(const Report& report, TextPage& page)
{
  const auto row = [&page](std::string_view name, const std::string& untrusted) {
    if (!untrusted.empty()) {
      page.paragraph(page.styled(fmt::format("{:>8}", name), Style::bold) + "  ", 10, untrusted, 8);
    }
  };
  const std::string& scope = report.coverage.scope;
  row("examined", coverage_text(report.coverage) + (scope.empty() ? "" : ": " + scope));
  const std::string& why = report.context.range_reason;
  row("range", report.context.range + (why.empty() ? "" : fmt::format(" ({})", why)));
  row("repeat", report.context.reproduce);
}

void
add_report(const Report& report, TextPage& page)
{
  const RenderOptions& options = page.options();
  add_outcome(report, page);
  for (const Shown& shown : active_findings(std::span(&report, 1))) {
    add_finding(*shown.judged, page);
  }
  for (const Judged& judged : report.judged) {
    if (options.verbose && judged.disposition != Disposition::active) {
      add_passed(judged, page);
    }
  }
  for (const JudgedGap& gap : report.gaps) {
    if (!gap.accepted || !options.quiet) {
      add_gap(gap, page);
    }
  }
  if (!options.quiet) {
    for (const std::string& notice : report.notices) {
      page.paragraph(page.styled("notice", Style::cyan) + ": ", 8, notice, 4);
    }
    if (!report.notices.empty()) {
      page.blank();
    }
    add_run(report, page);
  }
}

/// One aligned row per gate, where there are several.
void
add_rows(Reports reports, TextPage& page)
{
  std::size_t tool_width = 0;
  std::size_t counts_width = 0;
  for (const Report& report : reports) {
    tool_width = std::max(tool_width, plain(report.tool, 60).size());
    counts_width = std::max(counts_width, active_text(tally(report)).size());
  }
  for (const Report& report : reports) {
    const std::string verdict(name_of(report.verdict));
    page.line(fmt::format("  {:{}}  {}{}  {:{}}  {}", plain(report.tool, 60), tool_width,
                          page.styled(verdict, style_of(report.verdict)), std::string(14 - verdict.size(), ' '),
                          active_text(tally(report)), counts_width, duration_text(report.duration)));
  }
}

void
add_last_line(Reports reports, TextPage& page)
{
  const Verdict verdict = merged_verdict(reports);
  const Tally counts = tally(reports);
  const std::string passed = passed_text(counts);
  // The gates ran side by side: the longest is what a person waited for.
  std::chrono::milliseconds duration{0};
  for (const Report& report : reports) {
    duration = std::max(duration, report.duration);
  }
  page.line(fmt::format("{}: {}{}{} | {} | {}", page.styled(shout(verdict), style_of(verdict)), active_text(counts),
                        passed.empty() ? "" : "; ", passed, coverage_text(merged_coverage(reports)),
                        duration_text(duration)));
}

}  // namespace

std::string
render_text(Reports reports, const RenderOptions& options)
{
  TextPage page(options);
  for (const Report& report : reports) {
    if (reports.size() > 1 && !options.quiet) {
      page.line(
          page.styled(fmt::format("sluice-{} {}", plain(report.tool, 60), plain(report.version, 60)), Style::bold));
      page.blank();
    }
    add_report(report, page);
    if (!options.quiet) {
      page.blank();
    }
  }
  if (reports.size() > 1) {
    add_rows(reports, page);
  }
  add_last_line(reports, page);
  return std::move(page).take();
}

}  // namespace sluice::output
