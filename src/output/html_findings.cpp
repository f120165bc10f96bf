// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/budget.hpp"
#include "output/escape.hpp"
#include "output/excerpt.hpp"
#include "output/html_parts.hpp"
#include "output/permalink.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t excerpt_columns = 160;
constexpr std::size_t most_related = 50;
constexpr std::size_t fingerprint_digits = 16;

std::string
excerpt_of(const Finding& finding)
{
  if (finding.excerpt.empty()) {
    return {};
  }
  const Excerpt excerpt = fit_excerpt(finding, excerpt_columns);
  const std::string_view line = excerpt.line;
  const std::string number =
      finding.where.begin.line > 0 ? fmt::format("<span class=\"number\">{}</span> ", finding.where.begin.line) : "";
  const std::string_view marked = line.substr(excerpt.mark_begin, excerpt.mark_end - excerpt.mark_begin);
  return fmt::format("<pre tabindex=\"0\" aria-label=\"The line\"><code>{}{}{}{}</code></pre>\n", number,
                     html_text(line.substr(0, excerpt.mark_begin)),
                     marked.empty() ? "" : fmt::format("<mark>{}</mark>", html_text(marked)),
                     html_text(line.substr(excerpt.mark_end)));
}

/// A row of the list of details; `value` is HTML.
std::string
row(std::string_view untrusted_name, std::string_view value)
{
  return value.empty() ? std::string()
                       : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", html_text(untrusted_name, 60), value);
}

std::string
identifiers_of(const Finding& finding)
{
  std::string text;
  for (const Identifier& identifier : finding.identifiers) {
    const std::string name = html_text(identifier.name, 200);
    const std::string url = identifier.url();
    text += (text.empty() ? "" : ", ") + (is_web_url(url) ? fmt::format("<a href=\"{}\">{}</a>", url, name) : name);
  }
  return text;
}

/// A page that an advisory names. What a browser would do with another scheme is not ours to say, and a page without
/// TLS is shown and not led to.
std::string
reference_of(const std::string& url)
{
  const bool is_link = is_web_url(url) && url.starts_with("https://");
  return is_link ? fmt::format("<a href=\"{0}\" rel=\"noopener noreferrer\">{0}</a>", html_text(url)) : html_lines(url);
}

std::string
related_of(const Finding& finding, PlaceRole role, const RunContext& context)
{
  std::string text;
  std::size_t shown = 0;
  for (const RelatedPlace& place : finding.related) {
    if (place.role == role && shown++ < most_related) {
      text += (text.empty() ? "" : "<br>") + html_place(place.where, context)
              + (place.note.empty() ? "" : ": " + html_text(place.note));
    }
  }
  return text + (shown > most_related ? fmt::format("<br>and {} more", with_thousands(shown - most_related)) : "");
}

std::string
details_of(const Shown& shown, bool with_fix)
{
  const Finding& finding = shown.judged->finding;
  std::string text = row("about", html_code(finding.subject)) + row("known as", identifiers_of(finding));
  for (const Fact& fact : finding.facts) {
    const std::string value = fact.key == "reference" ? reference_of(fact.value) : html_lines(fact.value);
    text += fact.label.empty() ? "" : row(fact.label, value);
  }
  for (std::size_t i = 0; i < EnumNames<PlaceRole>::names.size(); ++i) {
    const auto role = static_cast<PlaceRole>(i);
    text += row(text_of(role), related_of(finding, role, shown.report->context));
  }
  if (finding.own_confidence() != Confidence::high) {
    text += row("confidence", name_of(finding.own_confidence()));
  }
  text += row("note", html_text(shown.judged->reason));
  text += with_fix && !finding.help.empty() ? row("fix", html_lines(finding.help)) : "";
  return text + row("fingerprint", html_code(finding.fingerprint.hex.substr(0, fingerprint_digits)));
}

/// What the groups's headline has said already is not said again.
struct Common
{
  bool message;
  bool fix;
};

/// What the summary of a `<details>` cannot hold: a click there means to unfold.
std::string
link_of(const Shown& shown)
{
  const Location& where = shown.judged->finding.where;
  return permalink(where, shown.report->context).empty()
             ? ""
             : fmt::format("<p class=\"place\">{}</p>\n", html_place(where, shown.report->context));
}

std::string
finding_of(const Shown& shown, Common common, bool is_open)
{
  const Finding& finding = shown.judged->finding;
  const std::string commit =
      finding.where.commit.empty() || finding.where.path.empty() ? "" : " in " + short_commit(finding.where.commit);
  const std::string message =
      common.message ? "" : fmt::format(" <span class=\"message\">{}</span>", html_text(finding.message));
  return fmt::format("<details class=\"finding\"{}>\n<summary>{} {}{}</summary>\n<div class=\"body\">\n"
                     "{}{}<dl>\n{}</dl>\n</div>\n</details>\n",
                     is_open ? " open" : "", html_badge(shown.judged->severity),
                     html_code(place_text(finding.where) + commit), message, link_of(shown), excerpt_of(finding),
                     details_of(shown, !common.fix));
}

std::string
paragraph(std::string_view heading, std::string_view untrusted)
{
  return untrusted.empty() ? std::string()
                           : fmt::format("<h4>{}</h4>\n<p>{}</p>\n", heading, html_lines(trim(untrusted)));
}

/// What the rule's documentation says, folded.
std::string
documentation_of(const RuleMeta& rule)
{
  const std::string text = paragraph("What it does", rule.doc.what) + paragraph("Why", rule.doc.why)
                           + paragraph("Instead", rule.doc.instead)
                           + paragraph("Known problems", rule.doc.known_problems);
  return text.empty()
             ? std::string()
             : fmt::format("<details class=\"rule-text\">\n<summary>About this rule</summary>\n<div class=\"body\">\n{}"
                           "</div>\n</details>\n",
                           text);
}

bool
has_one_fix(const Group& group)
{
  const std::string& first = group.findings.front().judged->finding.help;
  return std::all_of(group.findings.begin(), group.findings.end(),
                     [&first](const Shown& shown) { return shown.judged->finding.help == first; });
}

std::string
head_of(const Group& group, std::size_t number, Common common)
{
  const std::size_t total = group.findings.size();
  const std::string& help = group.findings.front().judged->finding.help;
  const std::string fix = common.fix && !help.empty()
                              ? fmt::format("<p class=\"fix\"><strong>Fix:</strong> {}</p>\n", html_lines(help))
                              : "";
  const std::string severities = severities_text(group);
  return fmt::format("<h3 id=\"rule-{}\">{} {} <span class=\"count\">{}{}{}</span></h3>\n<p>{}</p>\n{}{}", number,
                     html_badge(group.findings.front().judged->severity), html_code(group.rule->id, 100),
                     counted(total, "finding", "findings"), severities.empty() ? "" : ": ", severities,
                     html_text(headline(group)), fix, documentation_of(*group.rule));
}

}  // namespace

std::string
html_group(const Group& group, std::size_t number, std::size_t bytes)
{
  constexpr std::size_t frame = 400;
  constexpr std::size_t few = 3;  ///< so many are unfolded
  const Common common{group.has_one_message(), has_one_fix(group)};
  std::string text = fmt::format("<article aria-labelledby=\"rule-{}\">\n{}", number, head_of(group, number, common));
  if (text.size() + frame > bytes) {
    return {};
  }
  const std::size_t total = group.findings.size();
  const std::size_t unfolded = std::min(total, most_places);
  const auto finding = [&](std::size_t i) { return finding_of(group.findings[i], common, total <= few); };
  std::size_t shown = fill(text, 0, unfolded, bytes - text.size() - frame, finding);
  std::string rest;
  const std::size_t room = bytes - std::min(bytes, text.size() + frame);
  if (shown == unfolded && shown < total) {
    shown = fill(rest, shown, total, room, finding);
  }
  if (!rest.empty()) {
    text += fmt::format("<details class=\"rest\">\n<summary>{} more</summary>\n{}</details>\n",
                        with_thousands(shown - unfolded), rest);
  }
  return text + html_more(shown, total, "that did not fit into this page; the report files hold all of them")
         + "</article>\n";
}

}  // namespace sluice::output
