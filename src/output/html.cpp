// SPDX-License-Identifier: Apache-2.0
//
// One page that needs nothing: no script, no font, no picture from anywhere. Its policy allows a browser exactly the
// one style sheet whose hash it names, so that even text of the change under test that should become an element could
// load and run nothing. The page has a budget as the job summary does: every part has a share of it, whole rows only,
// and what did not fit is counted.
#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "output/budget.hpp"
#include "output/counted_marks.hpp"
#include "output/escape.hpp"
#include "output/html_parts.hpp"
#include "output/renderers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::output {

namespace {

/// Shares of five million bytes.
constexpr std::size_t gates_budget = 200'000;
constexpr std::size_t findings_budget = 3'000'000;
constexpr std::size_t group_budget = 1'000'000;  ///< of one rule, so that it leaves room for the others
constexpr std::size_t gaps_budget = 400'000;
constexpr std::size_t sections_budget = 700'000;
constexpr std::size_t passed_budget = 400'000;
constexpr std::size_t notices_budget = 100'000;
constexpr std::size_t repeat_budget = 60'000;
constexpr std::size_t text_limit = 600;

std::string_view
class_of(Verdict verdict)
{
  switch (verdict) {
  case Verdict::pass:
    return "good";
  case Verdict::fail:
  case Verdict::unable:
    return "bad";
  case Verdict::incomplete:
  case Verdict::unavailable:
    return "warning";
  case Verdict::not_applicable:
    break;
  }
  return "muted";
}

std::string
style_hash()
{
  const Sha256 hash = sha256(html_style());
  return to_base64(std::string(hash.begin(), hash.end()));
}

std::string
document_head(Verdict verdict)
{
  return fmt::format("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n"
                     "<title>Sluice: {}</title>\n<style>{}</style>\n</head>\n<body>\n"
                     "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n",
                     style_hash(), words_of(verdict), html_style());
}

std::string
verdict_header(Reports reports, Verdict verdict)
{
  const Tally counts = tally(reports);
  const std::string passed = passed_text(counts);
  std::string word = words_of(verdict);
  word.front() = static_cast<char>(word.front() - 'a' + 'A');
  std::string text = fmt::format(
      "<header>\n<div class=\"verdict {}\">\n<p class=\"brand\">Sluice</p>\n<h1>{}</h1>\n<p>{}</p>\n"
      "<p><strong>{}</strong>{}{}</p>\n",
      class_of(verdict), word, meaning_of(verdict), active_text(counts), passed.empty() ? "" : "; ", passed);
  text += reports.empty() ? std::string("<p>No gate has reported: nothing was examined.</p>\n")
                          : fmt::format("<p class=\"muted\">Examined: {}</p>\n",
                                        html_text(coverage_text(merged_coverage(reports))));
  return text + "</div>\n</header>\n";
}

/// What the gate has found, and why it did not do its job or had none.
std::string
outcome_of(const Report& report, bool has_looked)
{
  const Tally counts = tally(report);
  std::vector<std::string> lines;
  if (has_looked) {
    lines.push_back(active_text(counts));
  }
  if (report.failure) {
    lines.push_back(fmt::format("<strong>{}</strong>", html_lines(report.failure->message)));
  }
  if (report.absence) {
    lines.push_back(html_text(report.absence->reason, text_limit));
  }
  if (const std::string passed = passed_text(counts); !passed.empty()) {
    lines.push_back(passed);
  }
  return join(lines, "<br>");
}

std::string
gate_row(const Report& report)
{
  const bool has_looked = report.verdict != Verdict::not_applicable && !(report.failure && report.coverage.is_empty());
  const std::string scope =
      report.coverage.scope.empty() ? "" : fmt::format("<br>{}", html_text(report.coverage.scope, text_limit));
  const std::string why = report.context.range_reason.empty()
                              ? ""
                              : fmt::format("<br>{}", html_text(report.context.range_reason, text_limit));
  return fmt::format("<tr><th scope=\"row\">{} <span class=\"muted\">{}</span></th><td class=\"{}\">{}</td><td>{}</td>"
                     "<td>{}{}</td><td>{}{}</td><td class=\"number-cell\">{}</td></tr>\n",
                     html_text(report.tool, 60), html_text(report.version, 60), class_of(report.verdict),
                     words_of(report.verdict), outcome_of(report, has_looked),
                     has_looked ? html_text(coverage_text(report.coverage)) : "", scope,
                     html_code(report.context.range), why, duration_text(report.duration));
}

std::string
gates(Reports reports)
{
  if (reports.empty()) {
    return {};
  }
  std::string text = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"gates\">\n<table>\n"
                     "<caption>Every gate that was asked for</caption>\n<thead><tr><th scope=\"col\">Gate</th>"
                     "<th scope=\"col\">Verdict</th><th scope=\"col\">Found</th><th scope=\"col\">Examined</th>"
                     "<th scope=\"col\">Range</th><th scope=\"col\">Time</th></tr></thead>\n<tbody>\n";
  const std::size_t shown =
      fill(text, 0, reports.size(), gates_budget, [reports](std::size_t i) { return gate_row(reports[i]); });
  return html_section("gates", "Gates",
                      text + "</tbody>\n</table>\n</div>\n" + html_more(shown, reports.size(), "gates"));
}

/// "7", or "7: 5 critical, 2 high".
std::string
count_text(const Group& group)
{
  const std::string severities = severities_text(group);
  return with_thousands(group.findings.size()) + (severities.empty() ? "" : ": " + severities);
}

/// How many of which rule, with a link to each.
std::string
contents_of(const std::vector<Group>& groups)
{
  if (groups.size() < 2) {
    return {};
  }
  constexpr std::size_t budget = 100'000;
  std::string text = "<nav aria-label=\"Findings by rule\">\n<ul class=\"tally\">\n";
  const std::size_t shown = fill(text, 0, groups.size(), budget, [&groups](std::size_t i) {
    return fmt::format("<li>{} <a href=\"#rule-{}\">{}</a> <span class=\"count\">{}</span></li>\n",
                       html_badge(groups[i].findings.front().judged->severity), i, html_code(groups[i].rule->id, 100),
                       count_text(groups[i]));
  });
  return text + "</ul>\n" + html_more(shown, groups.size(), "rules") + "</nav>\n";
}

std::string
how_to_accept_text(Reports reports)
{
  const std::vector<Shown> active = active_findings(reports);
  AdviceOn any;
  any.place = place_of_advice(active);
  any.names = names_of_advice(active);
  std::string text = "<p class=\"muted\">To accept a finding: ";
  for (const AdvicePart& part : how_to_accept(active.front().report->context.acceptance, any)) {
    text += part.kind == AdvicePart::Kind::code ? html_code(part.text) : html_text(part.text);
  }
  return text + ".</p>\n";
}

std::string
findings(Reports reports)
{
  const std::vector<Group> groups = grouped(active_findings(reports));
  if (groups.empty()) {
    return html_section("findings", "Findings", "<p>No findings that count.</p>\n");
  }
  std::string text = contents_of(groups);
  std::size_t shown = 0;
  for (std::string next; shown < groups.size(); ++shown, text += next) {
    const std::size_t room = findings_budget - std::min(findings_budget, text.size());
    next = html_group(groups[shown], shown, std::min(group_budget, room));
    if (next.empty()) {
      break;
    }
  }
  text += html_more(shown, groups.size(), "rules with findings that did not fit into this page");
  return html_section("findings", "Findings", text + how_to_accept_text(reports));
}

std::string
gap_row(const JudgedGap& judged)
{
  const std::string reason = judged.reason.empty() ? ""
                                                   : fmt::format("<br>{}{}", judged.accepted ? "accepted: " : "",
                                                                 html_text(judged.reason, text_limit));
  return fmt::format("<tr><td>{}{}</td><td>{}</td><td>{}{}</td><td>{}</td></tr>\n", name_of(judged.gap.kind),
                     judged.accepted ? " (accepted)" : "", html_code(judged.gap.subject, text_limit),
                     html_text(judged.gap.why, text_limit), reason,
                     judged.gap.fix.empty() ? "" : html_lines(judged.gap.fix, 2 * text_limit));
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
  std::string text =
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"gaps\">\n<table>\n"
      "<caption>What could not be examined, by kind</caption>\n<thead><tr><th scope=\"col\">Kind</th>"
      "<th scope=\"col\">What</th><th scope=\"col\">Why</th><th scope=\"col\">How to fix</th></tr></thead>\n"
      "<tbody>\n";
  const std::size_t shown = fill(text, 0, all.size(), gaps_budget, [&all](std::size_t i) { return gap_row(*all[i]); });
  return html_section("gaps", "Not examined",
                      text + "</tbody>\n</table>\n</div>\n" + html_more(shown, all.size(), "gaps"));
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
  if (all.empty()) {
    return {};
  }
  constexpr std::size_t section_budget = 200'000;
  std::string text;
  const std::size_t shown = fill(text, 0, all.size(), sections_budget, [&](std::size_t i) {
    return "<article aria-labelledby=\"section-" + fmt::format("{}", i) + "\">\n"
           + html_section_of(*all[i], i, section_budget) + "</article>\n";
  });
  return html_section("details", "Details", text + html_more(shown, all.size(), "sections"));
}

/// What the author of the text alone decided; a reviewer has to see it.
std::string
marks(Reports reports)
{
  const std::vector<CountedMark> all = counted_marks(reports);
  if (all.empty()) {
    return {};
  }
  std::string text =
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"marks\">\n<table>\n"
      "<caption>Findings that a comment in the text allows</caption>\n<thead><tr><th scope=\"col\">Rule</th>"
      "<th scope=\"col\">Comment</th><th scope=\"col\">For</th><th scope=\"col\">Reason</th></tr></thead>\n"
      "<tbody>\n";
  const std::size_t shown = fill(text, 0, all.size(), passed_budget, [&all](std::size_t i) {
    const CountedMark& mark = all[i];
    return fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       html_code(rule_of(mark.judged->finding).id, 100), html_place(mark.where, mark.report->context),
                       owner_text(mark), html_text(reason_text(mark), text_limit));
  });
  return html_section("marks", "Allowed by comments in the text",
                      text + "</tbody>\n</table>\n</div>\n" + html_more(shown, all.size(), "comments"));
}

/// Findings that do not count, folded.
std::string
passed(Reports reports)
{
  std::vector<Shown> all;
  for (const Report& report : reports) {
    for (const Judged& judged : report.judged) {
      if (judged.disposition != Disposition::active) {
        all.push_back({&report, &judged});
      }
    }
  }
  if (all.empty()) {
    return {};
  }
  std::string text =
      fmt::format("<details>\n<summary>{}</summary>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                  "aria-labelledby=\"passed\">\n<table>\n<caption>Findings that do not fail the run"
                  "</caption>\n<thead><tr><th scope=\"col\">Why not</th><th scope=\"col\">Severity</th>"
                  "<th scope=\"col\">Rule</th><th scope=\"col\">Where</th><th scope=\"col\">What</th></tr></thead>\n"
                  "<tbody>\n",
                  counted(all.size(), "finding", "findings"));
  const std::size_t shown = fill(text, 0, all.size(), passed_budget, [&all](std::size_t i) {
    const Judged& judged = *all[i].judged;
    return fmt::format(
        "<tr><td>{}<br>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", name_of(judged.disposition),
        html_text(judged.reason, text_limit), html_badge(judged.severity), html_code(rule_of(judged.finding).id, 100),
        html_place(judged.finding.where, all[i].report->context), html_text(judged.finding.message, text_limit));
  });
  return html_section("passed", "Not counted",
                      text + "</tbody>\n</table>\n</div>\n" + html_more(shown, all.size(), "findings")
                          + "</details>\n");
}

/// A list of what all reports have, each once.
template<typename Select, typename Row>
std::string
listed(Reports reports, std::size_t bytes, Select select, Row row)
{
  std::vector<std::string_view> all;
  std::set<std::string_view> seen;
  for (const Report& report : reports) {
    select(report, [&](std::string_view text) {
      if (!text.empty() && seen.insert(text).second) {
        all.push_back(text);
      }
    });
  }
  std::string text;
  const std::size_t shown = fill(text, 0, all.size(), bytes, [&](std::size_t i) { return row(all[i]); });
  return text.empty() ? text : text + html_more(shown, all.size(), "of them");
}

std::string
notices(Reports reports)
{
  const std::string rows = listed(
      reports, notices_budget,
      [](const Report& report, auto add) { std::for_each(report.notices.begin(), report.notices.end(), add); },
      [](std::string_view notice) { return fmt::format("<p>{}</p>\n", html_text(notice, text_limit)); });
  return rows.empty() ? rows : html_section("notices", "Notices", rows);
}

std::string
how_to_repeat(Reports reports)
{
  const std::string rows = listed(
      reports, repeat_budget, [](const Report& report, auto add) { add(report.context.reproduce); },
      [](std::string_view command) {
        return fmt::format("<pre tabindex=\"0\" aria-label=\"Command\">{}</pre>\n", html_code(command, field_limit));
      });
  return rows.empty() ? rows : html_section("repeat", "Repeat on your machine", rows);
}

std::string
footer(Reports reports)
{
  if (reports.empty() || reports.front().started.time_since_epoch().count() == 0) {
    return {};
  }
  return fmt::format("<footer>\n<p>Started {}</p>\n</footer>\n",
                     replace_all(replace_all(rfc3339(reports.front().started), "T", " "), "Z", " UTC"));
}

}  // namespace

std::string
render_html(Reports reports, const RenderOptions& /*options*/)
{
  const Verdict verdict = merged_verdict(reports);
  return document_head(verdict) + verdict_header(reports, verdict) + "<main>\n" + gates(reports) + findings(reports)
         + gaps(reports) + sections(reports) + marks(reports) + passed(reports) + notices(reports)
         + how_to_repeat(reports) + "</main>\n" + footer(reports) + "</body>\n</html>\n";
}

}  // namespace sluice::output
