// SPDX-License-Identifier: Apache-2.0
#include "output/gitlab_security.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "finding/executable.hpp"
#include "output/escape.hpp"
#include "output/gitlab.hpp"
#include "output/permalink.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

using Clock = std::chrono::system_clock;

constexpr std::size_t most_messages = 100;
constexpr std::size_t most_identifiers = 20;  ///< GitLab keeps no more of a vulnerability
constexpr std::size_t most_links = 20;
constexpr std::size_t most_facts = 20;
constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_solution = 7000;

std::string_view
severity_name(Severity severity)
{
  constexpr std::array<std::string_view, 5> names{"Info", "Low", "Medium", "High", "Critical"};
  return names.at(static_cast<std::size_t>(severity));
}

/// The schema's pattern has neither fraction nor zone.
std::string
time_text(Clock::time_point time)
{
  const std::string text = rfc3339(time);
  return text.substr(0, text.find_first_of(".Z"));
}

/// A gate that could not start may not have said what kind it is, so that each kind takes its failure for its own.
bool
belongs_to(const Report& report, const SecurityReportKind& kind)
{
  return report.scan == kind.scan || (report.failure && report.scan == ScanType::none);
}

/// Named after the gate, or after Sluice where several are of one kind.
Json
program(Reports reports)
{
  const bool is_one = !reports.empty() && std::all_of(reports.begin(), reports.end(), [reports](const Report& report) {
    return report.tool == reports.front().tool;
  });
  const std::string tool = is_one ? plain(reports.front().tool, 60) : "";
  const std::string version = reports.empty() ? "" : plain(reports.front().version, 100);
  return {{"id", tool.empty() ? "sluice" : executable_name(tool)},
          {"name", tool.empty() ? "Sluice" : "Sluice " + tool},
          {"version", version.empty() ? "0" : version},
          {"vendor", {{"name", "Sluice"}}}};
}

Json
scan_messages(Reports reports, const SecurityReportKind& kind)
{
  Json messages = Json::array();
  const auto tell = [&messages](std::string_view level, const std::string& text) {
    if (messages.size() < most_messages) {
      messages.push_back({{"level", level}, {"value", text}});
    }
  };
  if (reports.empty()) {
    tell("fatal", fmt::format("No gate for {} has reported.", kind.title));
  }
  for (const Report& report : reports) {
    if (report.failure) {
      tell("fatal", fmt::format("{} is {}: {}", executable_name(plain(report.tool, 60)),
                                name_of(report.failure->verdict), join(linkless_lines(report.failure->message), "\n")));
    }
    if (report.absence) {
      tell("info", fmt::format("{} examined nothing: {}", executable_name(plain(report.tool, 60)),
                               linkless(report.absence->reason)));
    }
    for (const JudgedGap& judged : report.gaps) {
      tell(judged.accepted ? "info" : "warn",
           fmt::format("Not examined: {}: {}", linkless(judged.gap.subject), linkless(judged.gap.why)));
    }
  }
  return messages;
}

bool
is_successful(Reports reports)
{
  const bool has_failed =
      std::any_of(reports.begin(), reports.end(), [](const Report& report) { return report.failure.has_value(); });
  return !reports.empty() && !has_failed && tally(reports).gaps == 0;
}

Json
scan_of(Reports reports, const SecurityReportKind& kind)
{
  Clock::time_point begin = reports.empty() ? Clock::time_point() : reports.front().started;
  Clock::time_point end = begin;
  for (const Report& report : reports) {
    begin = std::min(begin, report.started);
    end = std::max(end, report.started + report.duration);
  }
  return {{"analyzer", program(reports)},
          {"scanner", program(reports)},
          {"type", kind.type},
          {"start_time", time_text(begin)},
          {"end_time", time_text(end)},
          {"status", is_successful(reports) ? "success" : "failure"},
          {"messages", scan_messages(reports, kind)}};
}

Json
rule_identifier(const Finding& finding)
{
  const std::string id = plain(rule_of(finding).id);
  return {{"type", "sluice_rule_id"}, {"name", fmt::format("Sluice rule {}", id)}, {"value", id}};
}

/// The first is the one that GitLab tells vulnerabilities apart by.
Json
identifiers_of(const Finding& finding, FirstIdentifier first)
{
  Json identifiers = Json::array();
  if (first == FirstIdentifier::rule) {
    identifiers.push_back(rule_identifier(finding));
  }
  // The last place is the rule's, if it is not there yet.
  const std::size_t most = most_identifiers - (first == FirstIdentifier::rule ? 0 : 1);
  for (const Identifier& identifier : finding.identifiers) {
    const std::string name = plain(identifier.name, 200);
    const std::string url = identifier.url();
    if (identifiers.size() == most || name.empty()) {
      continue;
    }
    const bool is_weakness = identifier.kind() == IdentifierKind::cwe;
    Json json{{"type", name_of(identifier.kind())}, {"name", name}, {"value", is_weakness ? name.substr(4) : name}};
    if (!url.empty()) {
      json.at("url") = url;
    }
    if (json["value"] != "") {
      identifiers.push_back(std::move(json));
    }
  }
  if (first == FirstIdentifier::advisory) {
    identifiers.push_back(rule_identifier(finding));
  }
  return identifiers;
}

bool
has_advisory(const Finding& finding, FirstIdentifier first)
{
  return first == FirstIdentifier::advisory && !finding.identifiers.empty();
}

/// What tells of this finding, and then what tells of its kind. Of an advisory its own pages are what a reader wants.
Json
links_of(const Finding& finding, FirstIdentifier first)
{
  Json links = Json::array();
  const auto add = [&links](std::string_view url) {
    if (is_web_url(url) && links.size() < most_links) {
      links.push_back({{"url", url}});
    }
  };
  for (const Fact& fact : finding.facts) {
    if (fact.key == "reference") {
      add(fact.value);
    }
  }
  if (has_advisory(finding, first)) {
    for (const Identifier& identifier : finding.identifiers) {
      add(identifier.kind() == IdentifierKind::cwe ? std::string() : identifier.url());
    }
    return links;
  }
  for (const std::string_view url : rule_of(finding).doc.references) {
    add(url);
  }
  return links;
}

/// Descriptions are rendered as GitLab's Markdown.
std::string
description_of(const Finding& finding, FirstIdentifier first)
{
  std::string text = markdown_block(finding.message);
  // GitLab shows nothing of a dependency but what is said here: since when it is known, by what it comes.
  std::size_t told = 0;
  for (const Fact& fact : has_advisory(finding, first) ? finding.facts : std::vector<Fact>()) {
    if (!fact.label.empty() && told < most_facts) {
      // Together, for a colon of ours behind one of theirs would make a sign of both.
      text += fmt::format("{}- {}", told++ == 0 ? "\n\n" : "\n",
                          markdown_block(fmt::format("{}: {}", fact.label, fact.value)));
    }
  }
  if (!finding.subject.empty()) {
    text += fmt::format("\n\nAbout: {}", markdown(finding.subject));
  }
  constexpr std::size_t most_places = 20;
  for (std::size_t i = 0; i < std::min(most_places, finding.related.size()); ++i) {
    const RelatedPlace& place = finding.related[i];
    text += fmt::format("{}- {} {}{}{}", i == 0 ? "\n\n" : "\n", text_of(place.role), markdown(place_text(place.where)),
                        place.note.empty() ? "" : ": ", markdown(place.note));
  }
  return text;
}

/// The line of GitLab's list. Of an advisory it says what is known of it, for the list shows no more of a package than
/// its file.
std::string
name_of_kind(const Finding& finding, FirstIdentifier first)
{
  return has_advisory(finding, first) ? plain(finding.message, longest_name) : plain(rule_of(finding).title);
}

Json
vulnerability(const Shown& shown, const SecurityReportKind& kind, UniqueIdentities& identities)
{
  const Finding& finding = shown.judged->finding;
  const std::string solution = join(linkless_lines(finding.help, 1000), "\n");
  return {{"id", uuid_of(identities.next(finding))},
          {"name", ellipsis(name_of_kind(finding, kind.first), longest_name)},
          {"description", description_of(finding, kind.first)},
          {"severity", severity_name(shown.judged->severity)},
          {"solution", ellipsis(solution, longest_solution)},
          {"identifiers", identifiers_of(finding, kind.first)},
          {"links", links_of(finding, kind.first)},
          {"location", kind.location(finding, shown.report->context)}};
}

}  // namespace

Json
security_location(const Finding& finding)
{
  const std::uint32_t begin = std::max(1U, finding.where.begin.line);
  return {{"file", plain(path_or_stand_in(finding.where))},
          {"start_line", begin},
          {"end_line", std::max(begin, finding.where.end.line)}};
}

std::string
render_security_report(Reports reports, const SecurityReportKind& kind)
{
  std::vector<Report> own;
  std::copy_if(reports.begin(), reports.end(), std::back_inserter(own),
               [&kind](const Report& report) { return belongs_to(report, kind); });
  Json document{{"version", "15.0.7"}, {"scan", scan_of(own, kind)}, {"vulnerabilities", Json::array()}};
  UniqueIdentities identities;
  for (const Shown& shown : open_findings(own)) {
    document.at("vulnerabilities").push_back(vulnerability(shown, kind, identities));
  }
  if (kind.complete != nullptr) {
    kind.complete(document);
  }
  return inert_json(document.dump(2, JsonText::ascii));
}

}  // namespace sluice::output
