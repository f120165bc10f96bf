// SPDX-License-Identifier: Apache-2.0
//
// One run per report (OASIS SARIF 2.1.0). What GitHub's code scanning adds to the standard: it keeps 5,000 results of
// a run, refuses a result without a file, identifies one by primaryLocationLineHash only, and takes all of
// automationDetails.id before the last slash for the category, of which a tool may have one run per file.
#include "base/clock.hpp"
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/excerpt.hpp"
#include "output/permalink.hpp"
#include "output/renderers.hpp"
#include "output/sarif_parts.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace sluice::output {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_notifications = 1000;
constexpr std::size_t most_tags = 10;

std::string
multi_line(std::string_view untrusted)
{
  return join(plain_lines(untrusted), "\n");
}

Json
message(std::string_view untrusted)
{
  const std::string text = sarif_message(multi_line(untrusted));
  return {{"text", text.empty() ? "No message." : text}};
}

Json
descriptor(const RuleMeta& rule)
{
  Json tags = Json::array();
  if (rule.tool == "secrets") {
    tags.push_back("security");  // without it GitHub ignores security-severity
  }
  for (const std::string_view tag : rule.tags) {
    if (tags.size() < most_tags && tag != "security") {
      tags.push_back(plain(tag));
    }
  }
  const std::string doc = join(plain_lines(markdown_of(rule.doc), std::size_t{1} << 16U), "\n");
  const std::string title = plain(rule.title);
  return {{"id", plain(rule.id)},
          {"shortDescription", {{"text", title}}},
          {"fullDescription", {{"text", what_it_does(rule)}}},
          {"help", {{"text", doc.empty() ? title : doc}, {"markdown", doc.empty() ? title : doc}}},
          {"defaultConfiguration", {{"level", level_of(rule.severity)}}},
          {"properties",
           {{"security-severity", security_severity(rule.severity)},
            {"precision", name_of(rule.confidence)},
            {"tags", std::move(tags)}}}};
}

Json
region(const Location& where, std::string_view excerpt)
{
  Json region{{"startLine", std::max(1U, where.begin.line)}};
  if (where.begin.line == 0) {
    return region;
  }
  const bool is_one_line = where.end.line <= where.begin.line;
  if (where.begin.column > 0) {
    region["startColumn"] = utf16_column(excerpt, where.begin.column);
  }
  region["endLine"] = std::max(where.begin.line, where.end.line);
  if (where.end.column > 0 && (!is_one_line || where.end.column >= where.begin.column) && where.begin.column > 0) {
    region["endColumn"] = is_one_line ? utf16_column(excerpt, where.end.column) : where.end.column;
  }
  if (!excerpt.empty() && is_one_line) {
    region["snippet"] = {{"text", plain(replace_all(ellipsis(excerpt, field_limit), "\t", "    "))}};
  }
  return region;
}

Json
location(const Location& where, std::string_view excerpt)
{
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", uri_path(path_or_stand_in(where))}, {"uriBaseId", "%SRCROOT%"}}},
            {"region", region(where, excerpt)}}}};
}

Json
related_locations(const Finding& finding)
{
  constexpr std::size_t most = 100;
  Json locations = Json::array();
  for (const RelatedPlace& place : finding.related) {
    if (locations.size() == most) {
      break;
    }
    const std::string& commit = place.where.commit;
    const std::string in_commit = commit.empty() ? "" : fmt::format(", in commit {}", short_commit(commit));
    Json related = location(place.where, "");
    related["id"] = locations.size() + 1;
    related["message"] =
        message(fmt::format("{}{}{}{}", text_of(place.role), in_commit, place.note.empty() ? "" : ": ", place.note));
    locations.push_back(std::move(related));
  }
  return locations;
}

Json
suppressions(const Judged& judged)
{
  const bool is_comment = judged.finding.inline_allow && judged.reason.starts_with("comment in the text");
  return Json::array({{{"kind", is_comment ? "inSource" : "external"},
                       {"status", "accepted"},
                       {"justification", plain(judged.reason)}}});
}

Json
properties(const Judged& judged)
{
  Json properties{{"severity", name_of(judged.severity)}, {"disposition", name_of(judged.disposition)}};
  const Finding& finding = judged.finding;
  if (!judged.reason.empty()) {
    properties["reason"] = plain(judged.reason);
  }
  if (!finding.help.empty()) {
    properties["fix"] = multi_line(finding.help);
  }
  if (!finding.where.commit.empty()) {
    properties["commit"] = plain(finding.where.commit);
  }
  if (finding.confidence) {
    properties["confidence"] = name_of(*finding.confidence);
  }
  if (!finding.facts.empty()) {
    Json facts = Json::array();
    for (const Fact& fact : finding.facts) {
      facts.push_back({{"key", plain(fact.key)}, {"label", plain(fact.label)}, {"value", multi_line(fact.value)}});
    }
    properties["facts"] = std::move(facts);
  }
  return properties;
}

class RunWriter
{
public:
  explicit RunWriter(const Report& report)
      : report_(report),
        has_baseline_(std::any_of(report.judged.begin(), report.judged.end(),
                                  [](const Judged& judged) { return judged.disposition == Disposition::baselined; }))
  {}

  [[nodiscard]] Json
  run(const std::string& automation_id)
  {
    Json run;
    run["tool"]["driver"] = driver();
    run["automationDetails"] = {{"id", automation_id}};
    run["invocations"] = Json::array({invocation()});
    const RunContext& context = report_.context;
    if (is_web_url(context.repository_url)) {
      Json provenance{{"repositoryUri", context.repository_url}};
      if (!context.head.empty()) {
        provenance["revisionId"] = plain(context.head);
      }
      provenance["mappedTo"] = {{"uriBaseId", "%SRCROOT%"}};
      run["versionControlProvenance"] = Json::array({std::move(provenance)});
    }
    run["originalUriBaseIds"]["%SRCROOT%"]["description"] = message("The root of the repository.");
    run["columnKind"] = "utf16CodeUnits";
    run["results"] = results();
    return run;
  }

private:
  Json
  driver()
  {
    Json rules = Json::array();
    for (const RuleMeta* rule : rules_of(report_)) {
      rule_index_[rule->id] = rules.size();
      rules.push_back(descriptor(*rule));
    }
    const std::string version = report_.version.empty() ? "0" : plain(report_.version);
    return {{"name", "sluice-" + plain(report_.tool)}, {"version", version}, {"rules", std::move(rules)}};
  }

  [[nodiscard]] Json
  invocation() const
  {
    Json notifications = Json::array();
    const auto notify = [&notifications](std::string_view id, std::string_view level, std::string_view text) {
      if (notifications.size() < most_notifications) {
        notifications.push_back({{"descriptor", {{"id", id}}}, {"level", level}, {"message", message(text)}});
      }
    };
    if (report_.judged.size() > most_sarif_results) {
      notify("truncated", "warning",
             fmt::format("Only the {} most severe of {} are in this file.", most_sarif_results,
                         counted(report_.judged.size(), "result", "results")));
    }
    for (const JudgedGap& judged : report_.gaps) {
      const std::string accepted = judged.accepted ? fmt::format(" (accepted: {})", judged.reason) : "";
      const std::string fix = judged.gap.fix.empty() ? "" : "\nFix: " + judged.gap.fix;
      notify("gap", judged.accepted ? "note" : "error",
             fmt::format("Not examined: {}: {}{}.{}", judged.gap.subject, judged.gap.why, accepted, fix));
    }
    for (const std::string& notice : report_.notices) {
      notify("notice", "note", notice);
    }
    return {{"executionSuccessful", report_.verdict != Verdict::incomplete && tally(report_).gaps == 0},
            {"exitCode", exit_status(report_.verdict)},
            {"exitCodeDescription", name_of(report_.verdict)},
            {"startTimeUtc", rfc3339(report_.started)},
            {"endTimeUtc", rfc3339(report_.started + report_.duration)},
            {"toolExecutionNotifications", std::move(notifications)}};
  }

  Json
  results()
  {
    Json results = Json::array();
    for (const Judged* judged : kept_results(report_)) {
      results.push_back(result(*judged));
    }
    return results;
  }

  Json
  result(const Judged& judged)
  {
    const Finding& finding = judged.finding;
    Json result;
    result["ruleId"] = plain(rule_of(finding).id);
    result["ruleIndex"] = rule_index_[rule_of(finding).id];
    result["level"] = level_of(judged.severity);
    result["message"] = message(finding.message);
    result["locations"] = Json::array({location(finding.where, finding.excerpt)});
    if (!finding.related.empty()) {
      result["relatedLocations"] = related_locations(finding);
    }
    const std::string hex = plain(finding.fingerprint.hex);
    result["partialFingerprints"] = {{"primaryLocationLineHash", fmt::format("{}:{}", hex, ++times_seen_[hex])},
                                     {"sluice/v1", hex}};
    if (judged.disposition == Disposition::suppressed) {
      result["suppressions"] = suppressions(judged);
    }
    if (has_baseline_) {
      result["baselineState"] = judged.disposition == Disposition::baselined ? "unchanged" : "new";
    }
    result["properties"] = properties(judged);
    return result;
  }

  const Report& report_;
  bool has_baseline_;
  std::map<std::string_view, std::size_t> rule_index_;
  std::map<std::string, std::size_t> times_seen_;  ///< by fingerprint; GitHub folds equal ones into one alert
};

}  // namespace

std::string
render_sarif(Reports reports, const RenderOptions& /*options*/)
{
  Json document{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
  document["runs"] = Json::array();
  std::map<std::string_view, std::size_t> runs_of_tool;
  for (const Report& report : reports) {
    const std::size_t nth = ++runs_of_tool[report.tool];
    const std::string suffix = nth == 1 ? "" : fmt::format("-{}", nth);
    document["runs"].push_back(RunWriter(report).run(fmt::format("sluice/{}{}/", plain(report.tool), suffix)));
  }
  return inert_json(document.dump(2, ' ', true, Json::error_handler_t::replace));
}

}  // namespace sluice::output
