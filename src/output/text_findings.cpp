// SPDX-License-Identifier: Apache-2.0
//
// Seven hundred findings of one rule are one problem with seven hundred places. A group therefore has one headline, ten
// places and one fix, and a detail (a fact, a note, the fix itself) stands at the places only where it differs between
// them. Ten advisories of one locked package are one place with ten messages. A group of one is the special case in
// which everything is common: headline, place, excerpt, details.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"
#include "output/excerpt.hpp"
#include "output/text_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

namespace sluice::output {

namespace {

constexpr std::size_t most_related = 8;
constexpr std::size_t fingerprint_digits = 16;

std::string
in_commit(const Location& where)
{
  return where.commit.empty() || where.path.empty() ? "" : fmt::format("in commit {}", short_commit(where.commit));
}

std::string
place_with_commit(const Location& where)
{
  const std::string commit = in_commit(where);
  return place_text(where) + (commit.empty() ? "" : " " + commit);
}

/// With the pages that tell of them, a line each, for who asked for everything or where there is but one.
std::string
identifier_text(const std::vector<Identifier>& identifiers, bool verbose)
{
  std::vector<std::string> names;
  for (const Identifier& identifier : identifiers) {
    const std::string url = verbose || identifiers.size() == 1 ? identifier.url() : "";
    names.push_back(plain(identifier.name) + (url.empty() ? "" : " " + url));
  }
  return join(names, verbose ? "\n" : ", ");
}

std::string
related_text(const std::vector<const RelatedPlace*>& places, std::size_t most)
{
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(most, places.size()); ++i) {
    const std::string& note = places[i]->note;
    lines.push_back(place_with_commit(places[i]->where) + (note.empty() ? "" : ": " + plain(note)));
  }
  if (places.size() > most) {
    lines.push_back(fmt::format("and {} more", with_thousands(places.size() - most)));
  }
  return join(lines, "\n");
}

/// One item per role, in the order of the roles.
void
add_related(const Finding& finding, bool verbose, std::vector<TextPage::Item>& items)
{
  for (std::size_t role = 0; role < EnumNames<PlaceRole>::names.size(); ++role) {
    std::vector<const RelatedPlace*> places;
    for (const RelatedPlace& place : finding.related) {
      if (place.role == static_cast<PlaceRole>(role)) {
        places.push_back(&place);
      }
    }
    if (!places.empty()) {
      items.push_back({std::string(text_of(static_cast<PlaceRole>(role))),
                       related_text(places, verbose ? places.size() : most_related)});
    }
  }
}

/// All that can be said of a finding beside its message, its place and its excerpt.
std::vector<TextPage::Item>
details_of(const Judged& judged, bool verbose)
{
  const Finding& finding = judged.finding;
  std::vector<TextPage::Item> items;
  const auto add = [&items](std::string_view name, std::string value, Style style) {
    if (!value.empty()) {
      items.push_back({std::string(name), std::move(value), style});
    }
  };
  add("about", verbose ? finding.subject : "", Style::none);
  add("known as", identifier_text(finding.identifiers, verbose), Style::none);
  for (const Fact& fact : finding.facts) {
    add(fact.label, fact.label.empty() ? "" : fact.value, Style::none);
  }
  add_related(finding, verbose, items);
  if (finding.own_confidence() != Confidence::high) {
    add("confidence", std::string(name_of(finding.own_confidence())), Style::none);
  }
  add("note", judged.reason, Style::yellow);
  add("fix", finding.help, Style::green);
  return items;
}

/// The details of the first finding that all others have as well.
std::vector<TextPage::Item>
common_details(const std::vector<Shown>& findings, bool verbose)
{
  std::vector<TextPage::Item> common = details_of(*findings.front().judged, verbose);
  for (std::size_t i = 1; i < findings.size() && !common.empty(); ++i) {
    const std::vector<TextPage::Item> others = details_of(*findings[i].judged, verbose);
    std::erase_if(common, [&others](const TextPage::Item& item) {
      return std::find(others.begin(), others.end(), item) == others.end();
    });
  }
  return common;
}

void
add_excerpt(const Finding& finding, std::size_t gutter, TextPage& page)
{
  if (finding.excerpt.empty()) {
    return;
  }
  const std::string bar = page.styled("|", Style::blue);
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

/// How to live with the findings of a group.
std::string
how_to_allow(const Group& group)
{
  const bool is_single = group.findings.size() == 1;
  const std::string fingerprint =
      is_single ? fmt::format("fingerprint {}",
                              group.findings.front().judged->finding.fingerprint.hex.substr(0, fingerprint_digits))
                : "the fingerprint in parentheses";
  return text_of(how_to_accept(
      group.findings.front().report->context.acceptance,
      {std::string(group.rule->id), fingerprint, place_of_advice(group.findings), names_of_advice(group.findings)}));
}

/// Findings of a group that one line of a file and one fix have in common; without an excerpt, for where there is one
/// it tells them apart.
struct Place
{
  std::vector<Shown> findings;  ///< never empty
};

bool
is_one_place(const Finding& a, const Finding& b)
{
  return a.excerpt.empty() && b.excerpt.empty() && !a.where.path.empty() && a.help == b.help
         && place_text(a.where) == place_text(b.where) && in_commit(a.where) == in_commit(b.where);
}

/// In the order of the first finding of each.
std::vector<Place>
places_of(const Group& group, bool verbose)
{
  std::vector<Place> places;
  std::map<std::string, std::size_t> index;  // by place, of the last that began there
  for (const Shown& shown : group.findings) {
    const Finding& finding = shown.judged->finding;
    const auto known = index.find(place_text(finding.where));
    if (!verbose && known != index.end()
        && is_one_place(places[known->second].findings.front().judged->finding, finding)) {
      places[known->second].findings.push_back(shown);
      continue;
    }
    index[place_text(finding.where)] = places.size();
    places.push_back({{shown}});
  }
  return places;
}

/// Columns before the bar, from the widest line number.
std::size_t
gutter_of(std::span<const Place> places)
{
  std::uint32_t line = 0;
  for (const Place& place : places) {
    line = std::max(line, place.findings.front().judged->finding.where.begin.line);
  }
  return std::max<std::size_t>(4, fmt::format("{}", line).size() + 2);
}

std::string
short_fingerprint(const Finding& finding)
{
  const std::string& hex = finding.fingerprint.hex;
  return hex.empty() ? "" : fmt::format("({})", hex.substr(0, fingerprint_digits));
}

void
add_place_line(const Group& group, const Place& place, std::size_t gutter, TextPage& page)
{
  const Judged& worst = *place.findings.front().judged;
  std::vector<std::string> parts{place_text(worst.finding.where)};
  if (worst.severity != group.findings.front().judged->severity) {
    parts.push_back(page.styled(fmt::format("[{}]", name_of(worst.severity)), style_of(worst.severity)));
  }
  if (const std::string commit = in_commit(worst.finding.where); !commit.empty()) {
    parts.push_back(commit);
  }
  if (group.findings.size() > 1 && place.findings.size() == 1 && !worst.finding.fingerprint.hex.empty()) {
    parts.push_back(page.styled(short_fingerprint(worst.finding), Style::dim));
  }
  page.place(parts, gutter);
}

struct Layout
{
  std::size_t gutter;
  bool has_one_message;
  std::vector<TextPage::Item> common;
};

void
add_messages(const Place& place, const Layout& layout, TextPage& page)
{
  if (place.findings.size() == 1) {
    if (!layout.has_one_message) {
      page.paragraph(page.bar(layout.gutter), place.findings.front().judged->finding.message, layout.gutter);
    }
    return;
  }
  const std::size_t shown = shown_of(place.findings.size(), page);
  for (std::size_t i = 0; i < shown; ++i) {
    const Finding& finding = place.findings[i].judged->finding;
    page.paragraph(page.bar(layout.gutter), fmt::format("{} {}", finding.message, short_fingerprint(finding)),
                   layout.gutter);
  }
  add_more(shown, place.findings.size(), page);
}

void
add_place(const Group& group, const Place& place, const Layout& layout, TextPage& page)
{
  const Finding& first = place.findings.front().judged->finding;
  add_place_line(group, place, layout.gutter, page);
  add_messages(place, layout, page);
  add_excerpt(first, layout.gutter, page);
  std::vector<TextPage::Item> own = common_details(place.findings, page.options().verbose);
  std::erase_if(own, [&layout](const TextPage::Item& item) {
    return std::find(layout.common.begin(), layout.common.end(), item) != layout.common.end();
  });
  if (group.findings.size() > 1 && (!own.empty() || !first.excerpt.empty())) {
    page.line(std::string(layout.gutter, ' ') + page.styled("|", Style::blue));
  }
  page.items(own, layout.gutter);
}

TextPage::Lead
lead_of(std::string_view what, Style style, const RuleMeta& rule, const TextPage& page)
{
  return page.lead(what, style) + page.lead(fmt::format("[{}]", plain(rule.id)), Style::bold) + page.lead(": ");
}

}  // namespace

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

std::size_t
shown_of(std::size_t total, const TextPage& page)
{
  return page.options().verbose ? total : std::min(total, most_places);
}

void
add_more(std::size_t shown, std::size_t total, TextPage& page)
{
  if (shown < total) {
    page.paragraph(page.lead("    ... "),
                   fmt::format("and {} more (--verbose lists all)", with_thousands(total - shown)), 4);
  }
}

void
add_group(const Group& group, TextPage& page)
{
  const std::size_t total = group.findings.size();
  const std::vector<Place> places = places_of(group, page.options().verbose);
  const std::size_t shown = shown_of(places.size(), page);
  const Judged& worst = *group.findings.front().judged;
  Layout layout{gutter_of(std::span(places).first(shown)), group.has_one_message(),
                common_details(group.findings, page.options().verbose)};
  const std::string count = total == 1 ? "" : fmt::format(" ({} findings)", with_thousands(total));
  page.paragraph(lead_of(name_of(worst.severity), style_of(worst.severity), *group.rule, page), headline(group) + count,
                 layout.gutter);
  std::size_t findings_shown = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    add_place(group, places[i], layout, page);
    findings_shown += places[i].findings.size();
  }
  add_more(findings_shown, total, page);
  page.line(std::string(layout.gutter, ' ') + page.styled("|", Style::blue));
  if (!worst.finding.fingerprint.hex.empty()) {
    layout.common.push_back({"allow", how_to_allow(group), Style::dim});
  }
  page.items(layout.common, layout.gutter);
  page.blank();
}

void
add_passed(const Judged& judged, TextPage& page)
{
  page.paragraph(lead_of(name_of(judged.disposition), Style::dim, rule_of(judged.finding), page),
                 judged.finding.message, 4);
  std::vector<std::string> parts{place_text(judged.finding.where)};
  if (const std::string commit = in_commit(judged.finding.where); !commit.empty()) {
    parts.push_back(commit);
  }
  page.place(parts, 4);
  std::vector<TextPage::Item> items{{"severity", std::string(name_of(judged.severity))}};
  if (!judged.reason.empty()) {
    items.push_back({"why", judged.reason});
  }
  page.items(items, 4);
  page.blank();
}

}  // namespace sluice::output
