// SPDX-License-Identifier: Apache-2.0
#include "output/sarif_parts.hpp"
#include "output/sink.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace sluice::output {

namespace {

nlohmann::json
sarif_of(const std::vector<Report>& reports)
{
  return nlohmann::json::parse(find_sink("sarif")->render(reports, {}));
}

}  // namespace

TEST_CASE("A run per report, each in a category of its own")
{
  const auto document = sarif_of({test::clean_report(), test::canonical_reports()[1], test::clean_report()});
  REQUIRE(document["runs"].size() == 3);
  CHECK(document["runs"][0]["automationDetails"]["id"] == "sluice/secrets/");
  CHECK(document["runs"][1]["automationDetails"]["id"] == "sluice/migrations/");
  CHECK(document["runs"][2]["automationDetails"]["id"] == "sluice/secrets-2/");
  CHECK(sarif_of({})["runs"].empty());
}

TEST_CASE("Every result names its rule by index")
{
  const auto document = sarif_of(test::canonical_reports());
  for (const auto& run : document["runs"]) {
    for (const auto& result : run["results"]) {
      const auto index = result["ruleIndex"].get<std::size_t>();
      CHECK(run["tool"]["driver"]["rules"][index]["id"] == result["ruleId"]);
    }
  }
}

TEST_CASE("Rules carry what code scanning asks for")
{
  const auto document = sarif_of(test::canonical_reports());
  const auto& rule = document["runs"][0]["tool"]["driver"]["rules"][0];
  CHECK(rule["shortDescription"]["text"] == "Token of the example service");
  CHECK(rule["fullDescription"]["text"] == "Finds tokens of the example service.");
  CHECK(rule["defaultConfiguration"]["level"] == "error");
  CHECK(rule["properties"]["security-severity"] == "9.5");
  CHECK(rule["properties"]["precision"] == "high");
  CHECK(rule["properties"]["tags"] == nlohmann::json({"security", "credential", "vcs"}));
}

TEST_CASE("Suppressions and baselines are marked as such")
{
  const auto document = sarif_of(test::canonical_reports());
  const auto& results = document["runs"][0]["results"];
  REQUIRE(results.size() == 6);
  CHECK(results[2]["suppressions"][0]["kind"] == "inSource");
  CHECK(results[2]["suppressions"][0]["justification"] == "comment in the text: made up for a test");
  CHECK(results[3]["baselineState"] == "unchanged");
  CHECK(results[0]["baselineState"] == "new");
  CHECK_FALSE(document["runs"][1]["results"][0].contains("baselineState"));
  CHECK_FALSE(results[0].contains("suppressions"));

  Judged external = test::active_finding(Severity::high, "a");
  external.disposition = Disposition::suppressed;
  external.reason = "test data (until 2027-01-01, .sluice.yml:3:5)";
  external.finding.inline_allow = InlineAllow{"also here", {1, 1}};
  CHECK(sarif_of({test::report_with({external})})["runs"][0]["results"][0]["suppressions"][0]["kind"] == "external");
}

TEST_CASE("An incomplete run is not a successful one")
{
  Report report = test::clean_report();
  CHECK(sarif_of({report})["runs"][0]["invocations"][0]["executionSuccessful"] == true);
  report.gaps = {{{GapKind::shallow, "shallow clone", "no parents", "fetch"}, false, ""}};
  report.verdict = Verdict::incomplete;
  const auto document = sarif_of({report});
  const auto& invocation = document["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 3);
  CHECK(invocation["toolExecutionNotifications"][0]["level"] == "error");
}

TEST_CASE("Equal fingerprints stay apart")
{
  const Judged judged = test::active_finding(Severity::high, "a");
  const auto document = sarif_of({test::report_with({judged, judged})});
  const auto& results = document["runs"][0]["results"];
  CHECK(results[0]["partialFingerprints"]["sluice/v1"] == results[1]["partialFingerprints"]["sluice/v1"]);
  CHECK(results[0]["partialFingerprints"]["primaryLocationLineHash"]
        != results[1]["partialFingerprints"]["primaryLocationLineHash"]);
}

TEST_CASE("Regions count UTF-16 and never end before they begin")
{
  Judged judged = test::active_finding(Severity::high, "a");
  judged.finding.excerpt = "ä = secret";
  judged.finding.where = {"a", {1, 6}, {1, 12}, ""};
  const auto document = sarif_of({test::report_with({judged})});
  const auto& region = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
  CHECK(region["startColumn"] == 5);
  CHECK(region["endColumn"] == 11);
  judged.finding.where.end = {0, 2};
  const auto open = sarif_of({test::report_with({judged})});
  const auto& open_region = open["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
  CHECK(open_region["endLine"] == 1);
  CHECK_FALSE(open_region.contains("endColumn"));
}

TEST_CASE("Five thousand results are kept: active before accepted, severe before mild")
{
  std::vector<Judged> judged;
  for (std::size_t i = 0; i < 3000; ++i) {
    judged.push_back(test::active_finding(Severity::critical, fmt::format("accepted{}", i)));
    judged.back().disposition = Disposition::suppressed;
  }
  for (std::size_t i = 0; i < 4000; ++i) {
    judged.push_back(test::active_finding(i == 3999 ? Severity::high : Severity::low, fmt::format("active{}", i)));
  }
  const Report report = test::report_with(std::move(judged));
  const auto kept = kept_results(report);
  REQUIRE(kept.size() == 5000);
  CHECK(
      std::count_if(kept.begin(), kept.end(), [](const Judged* one) { return one->disposition == Disposition::active; })
      == 4000);
  CHECK(std::is_sorted(kept.begin(), kept.end()));
  const auto document = sarif_of({report});
  CHECK(document["runs"][0]["results"].size() == 5000);
  CHECK(document["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
        == "Only the 5000 most severe of 7,000 results are in this file.");
}

TEST_CASE("Messages have no links and no placeholders of the examined text")
{
  CHECK(sarif_message("[x](https://evil)") == "[x] (https://evil)");
  CHECK(sarif_message("{0} {12} {a} {} {1") == "{ 0} { 12} {a} {} {1");
}

}  // namespace sluice::output
