// SPDX-License-Identifier: Apache-2.0
//
// Schema 15.0.7 of GitLab's security reports; only what the secrets gate reports belongs into one. A scan that has
// gaps, or did not take place, has the status "failure": GitLab would take an empty success for a clean repository.
#include "base/clock.hpp"
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/gitlab.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace sluice::output {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::system_clock;

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

Json
program(std::string_view version)
{
  return {{"id", "sluice-secrets"},
          {"name", "Sluice secrets"},
          {"version", version.empty() ? "0" : plain(version, 100)},
          {"vendor", {{"name", "Sluice"}}}};
}

Json
scan_messages(Reports reports)
{
  constexpr std::size_t most = 100;
  Json messages = Json::array();
  for (const Report& report : reports) {
    for (const JudgedGap& judged : report.gaps) {
      if (messages.size() < most) {
        messages.push_back(
            {{"level", judged.accepted ? "info" : "warn"},
             {"value", fmt::format("Not examined: {}: {}", plain(judged.gap.subject), plain(judged.gap.why))}});
      }
    }
  }
  if (reports.empty()) {
    messages.push_back({{"level", "fatal"}, {"value", "The secrets gate has not reported."}});
  }
  return messages;
}

Json
scan_of(Reports reports)
{
  Clock::time_point begin = reports.empty() ? Clock::time_point() : reports.front().started;
  Clock::time_point end = begin;
  for (const Report& report : reports) {
    begin = std::min(begin, report.started);
    end = std::max(end, report.started + report.duration);
  }
  const bool is_complete = !reports.empty() && tally(reports).gaps == 0;
  const std::string version = reports.empty() ? "" : reports.front().version;
  return {{"analyzer", program(version)},      {"scanner", program(version)},
          {"type", "secret_detection"},        {"start_time", time_text(begin)},
          {"end_time", time_text(end)},        {"status", is_complete ? "success" : "failure"},
          {"messages", scan_messages(reports)}};
}

Json
location_of(const Finding& finding, const RunContext& context)
{
  const std::string& commit = finding.where.commit.empty() ? context.head : finding.where.commit;
  const std::uint32_t begin = std::max(1U, finding.where.begin.line);
  return {{"file", plain(path_or_stand_in(finding.where))},
          {"start_line", begin},
          {"end_line", std::max(begin, finding.where.end.line)},
          {"commit", {{"sha", commit.empty() ? std::string(40, '0') : plain(commit)}}}};
}

/// Descriptions are rendered as GitLab's Markdown.
Json
vulnerability(const Shown& shown, UniqueIdentities& identities)
{
  const Finding& finding = shown.judged->finding;
  const RuleMeta& rule = rule_of(finding);
  std::string solution;
  for (const std::string& line : plain_lines(finding.help, 1000)) {
    solution += (solution.empty() ? "" : "\n") + line;
  }
  return {{"id", uuid_of(identities.next(finding))},
          {"name", ellipsis(plain(rule.title), longest_name)},
          {"description", markdown(finding.message)},
          {"severity", severity_name(shown.judged->severity)},
          {"solution", ellipsis(solution, longest_solution)},
          {"identifiers", Json::array({{{"type", "sluice_rule_id"},
                                        {"name", fmt::format("Sluice rule {}", plain(rule.id))},
                                        {"value", plain(rule.id)}}})},
          {"location", location_of(finding, shown.report->context)}};
}

}  // namespace

std::string
render_secret_detection(Reports reports, const RenderOptions& /*options*/)
{
  std::vector<Report> secrets;
  std::copy_if(reports.begin(), reports.end(), std::back_inserter(secrets),
               [](const Report& report) { return report.scan == ScanType::secret_detection; });
  Json document{{"version", "15.0.7"}, {"scan", scan_of(secrets)}};
  document["vulnerabilities"] = Json::array();
  UniqueIdentities identities;
  for (const Shown& shown : open_findings(secrets)) {
    document["vulnerabilities"].push_back(vulnerability(shown, identities));
  }
  return inert_json(document.dump(2, ' ', true, Json::error_handler_t::replace));
}

}  // namespace sluice::output
