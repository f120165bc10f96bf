// SPDX-License-Identifier: Apache-2.0
//
// One run per report (OASIS SARIF 2.1.0). What GitHub's code scanning adds to the standard: it keeps 5,000 results of
// a run, refuses a result without a file, identifies one by primaryLocationLineHash only, and takes all of
// automationDetails.id before the last slash for the category, of which a tool may have one run per file.
#include "base/clock.hpp"
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "finding/older.hpp"
#include "output/escape.hpp"
#include "output/permalink.hpp"
#include "output/renderers.hpp"
#include "output/sarif_parts.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sluice::output {

namespace {

constexpr std::size_t most_notifications = 1000;
constexpr std::size_t most_property_bytes = 2000;
constexpr std::size_t most_rows = 100;  ///< of a table that is about the run; longer ones are about the repository

std::vector<Identifier>
weaknesses_of(const Finding& finding)
{
  constexpr std::size_t most = 16;
  std::vector<Identifier> weaknesses;
  for (const Identifier& identifier : finding.identifiers) {
    if (weaknesses.size() < most && !cwe_tag(identifier).empty()) {
      weaknesses.push_back(identifier);
    }
  }
  return weaknesses;
}

/// The weaknesses that all findings of a rule have, by the rule's id.
std::map<std::string_view, std::vector<Identifier>>
common_weaknesses(const Report& report)
{
  std::map<std::string_view, std::vector<Identifier>> common;
  for (const Judged& judged : report.judged) {
    const auto weaknesses = weaknesses_of(judged.finding);
    const auto [place, is_new] = common.emplace(rule_of(judged.finding).id, weaknesses);
    if (!is_new) {
      std::erase_if(place->second, [&weaknesses](const Identifier& one) {
        return std::none_of(weaknesses.begin(), weaknesses.end(),
                            [&one](const Identifier& other) { return one.name == other.name; });
      });
    }
  }
  return common;
}

/// What a reader must know of a run beside its results.
Json
notifications(const Report& report)
{
  Json notifications = Json::array();
  const auto notify = [&notifications](std::string_view id, std::string_view level, std::string_view text) {
    if (notifications.size() < most_notifications) {
      notifications.push_back(
          {{"descriptor", {{"id", id}}}, {"level", level}, {"message", sarif_message_object(text)}});
    }
  };
  if (report.failure) {
    notify(name_of(report.failure->verdict), "error",
           fmt::format("{} is {}: {}", executable_name(report.tool), name_of(report.failure->verdict),
                       report.failure->message));
  }
  if (report.absence) {
    notify(name_of(report.absence->kind), "note",
           fmt::format("{} examined nothing: {}.", executable_name(report.tool), report.absence->reason));
  }
  if (report.judged.size() > most_sarif_results) {
    notify("truncated", "warning",
           fmt::format("Only the {} most severe of {} are in this file.", most_sarif_results,
                       counted(report.judged.size(), "result", "results")));
  }
  for (const JudgedGap& judged : report.gaps) {
    const std::string accepted = judged.accepted ? fmt::format(" (accepted: {})", judged.reason) : "";
    const std::string fix = judged.gap.fix.empty() ? "" : "\nFix: " + judged.gap.fix;
    notify(name_of(judged.gap.kind), judged.accepted ? "note" : "error",
           fmt::format("Not examined: {}: {}{}.{}", judged.gap.subject, judged.gap.why, accepted, fix));
  }
  for (const std::string& notice : report.notices) {
    notify("notice", "note", notice);
  }
  return notifications;
}

bool
is_successful(const Report& report)
{
  return !report.failure && report.verdict != Verdict::incomplete && tally(report).gaps == 0;
}

/// Columns and cells, and no object by the names of columns: those are texts as any other, and no keys.
Json
sarif_table(std::string_view title, const Table& table)
{
  const auto texts = [](const std::vector<std::string>& cells) {
    return Json::array_of(cells, [](const std::string& cell) { return plain(cell, 200); });
  };
  return {{"title", plain(title, 200)}, {"columns", texts(table.columns)}, {"rows", Json::array_of(table.rows, texts)}};
}

class RunWriter
{
public:
  explicit RunWriter(const Report& report)
      : report_(report),
        taxonomy_(report),
        has_baseline_(std::any_of(report.judged.begin(), report.judged.end(), was_there_before))
  {}

  [[nodiscard]] Json
  run(const std::string& automation_id)
  {
    Json run{{"tool", {{"driver", driver()}}},
             {"automationDetails", {{"id", automation_id}}},
             {"invocations", Json::array({invocation()})}};
    if (!taxonomy_.is_empty()) {
      run.at("taxonomies") = Json::array({taxonomy_.component()});
    }
    if (is_web_url(report_.context.repository_url)) {
      run.at("versionControlProvenance") = Json::array({provenance()});
    }
    run.at("originalUriBaseIds") = {{"%SRCROOT%", {{"description", {{"text", "The root of the repository."}}}}}};
    run.at("columnKind") = "utf16CodeUnits";
    run.at("results") = results();
    if (Json properties = this->properties(); !properties.is_null()) {
      run.at("properties") = std::move(properties);
    }
    return run;
  }

private:
  [[nodiscard]] Json
  provenance() const
  {
    Json provenance{{"repositoryUri", report_.context.repository_url}};
    if (!report_.context.head.empty()) {
      provenance.at("revisionId") = plain(report_.context.head);
    }
    provenance.at("mappedTo") = {{"uriBaseId", "%SRCROOT%"}};
    return provenance;
  }

  Json
  driver()
  {
    auto common = common_weaknesses(report_);
    Json rules = Json::array();
    for (const RuleMeta* rule : rules_of(report_)) {
      rule_index_[rule->id] = rules.size();
      rules.push_back(sarif_rule(*rule, report_.scan, common[rule->id]));
    }
    const std::string version = report_.version.empty() ? "0" : plain(report_.version);
    Json driver{{"name", executable_name(plain(report_.tool))}, {"version", version}, {"rules", std::move(rules)}};
    if (!taxonomy_.is_empty()) {
      driver.at("supportedTaxonomies") = Json::array({{{"name", "CWE"}, {"index", 0}}});
    }
    return driver;
  }

  /// What was examined, and the tables of what it was judged by: the same data give the same verdict.
  [[nodiscard]] Json
  properties() const
  {
    Json properties;
    if (!report_.coverage.scope.empty()) {
      properties.at("examined") = plain(report_.coverage.scope, most_property_bytes);
    }
    Json tables = Json::array();
    for (const Section& section : report_.sections) {
      const Table* const table = std::get_if<Table>(&section.content);
      if (table != nullptr && table->rows.size() <= most_rows) {
        tables.push_back(sarif_table(section.title, *table));
      }
    }
    if (tables.size() != 0) {
      properties.at("tables") = std::move(tables);
    }
    return properties;
  }

  [[nodiscard]] Json
  invocation() const
  {
    return {{"executionSuccessful", is_successful(report_)},
            {"exitCode", exit_status(report_.verdict)},
            {"exitCodeDescription", name_of(report_.verdict)},
            {"startTimeUtc", rfc3339(report_.started)},
            {"endTimeUtc", rfc3339(report_.started + report_.duration)},
            {"toolExecutionNotifications", notifications(report_)}};
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
    Json result = sarif_result(judged);
    result.at("ruleIndex") = rule_index_[rule_of(finding).id];
    if (Json taxa = taxonomy_.references(finding); !taxa.is_null()) {
      result.at("taxa") = std::move(taxa);
    }
    const std::string hex = plain(finding.fingerprint.hex);
    result.at("partialFingerprints") = {{"primaryLocationLineHash", fmt::format("{}:{}", hex, ++times_seen_[hex])},
                                        {"sluice/v1", hex}};
    if (has_baseline_) {
      result.at("baselineState") = was_there_before(judged) ? "unchanged" : "new";
    }
    return result;
  }

  const Report& report_;
  SarifTaxonomy taxonomy_;
  bool has_baseline_;
  std::map<std::string_view, std::size_t> rule_index_;
  std::map<std::string, std::size_t> times_seen_;  ///< by fingerprint; GitHub folds equal ones into one alert
};

}  // namespace

std::string
render_sarif(Reports reports, const RenderOptions& /*options*/)
{
  Json document{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
  document.at("runs") = Json::array();
  std::map<std::string_view, std::size_t> runs_of_tool;
  for (const Report& report : reports) {
    const std::size_t nth = ++runs_of_tool[report.tool];
    const std::string suffix = nth == 1 ? "" : fmt::format("-{}", nth);
    document.at("runs").push_back(RunWriter(report).run(fmt::format("sluice/{}{}/", plain(report.tool), suffix)));
  }
  return inert_json(document.dump(2, JsonText::ascii));
}

}  // namespace sluice::output
