// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "output/sarif_parts.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace sluice::output {

namespace {

Json
sarif_of(const std::vector<Report>& reports)
{
  return Json::parse(find_sink("sarif")->render(reports, {})).value();
}

}  // namespace

TEST_CASE("A run per report, each in a category of its own")
{
  const auto document = sarif_of({test::clean_report(), test::canonical_reports()[1], test::clean_report()});
  REQUIRE(document["runs"].size() == 3);
  CHECK(document["runs"][0]["automationDetails"]["id"] == "sluice/secrets/");
  CHECK(document["runs"][1]["automationDetails"]["id"] == "sluice/migrations/");
  CHECK(document["runs"][2]["automationDetails"]["id"] == "sluice/secrets-2/");
  CHECK(sarif_of({})["runs"].is_array());
  CHECK(sarif_of({})["runs"].size() == 0);
}

TEST_CASE("Every result names its rule by index")
{
  const auto document = sarif_of(test::canonical_reports());
  for (const Json& run : document["runs"].items()) {
    for (const Json& result : run["results"].items()) {
      const auto index = result["ruleIndex"].natural().value();
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
  CHECK(rule["properties"]["tags"] == Json::array({"security", "credential", "vcs"}));
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
  CHECK(document["runs"][1]["results"][0].find("baselineState") == nullptr);
  CHECK(results[0].find("suppressions") == nullptr);

  Judged external = test::active_finding(Severity::high, "a");
  external.disposition = Disposition::suppressed;
  external.reason = "test data (until 2027-01-01, .sluice.yml:3:5)";
  external.finding.inline_allow = InlineAllow{"also here", {1, 1}};  // and does not count
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

TEST_CASE("A run that failed is not successful, keeps its results, and says why")
{
  Report report = test::report_with({test::active_finding(Severity::high, "a")});
  report.fail_with({ErrorKind::unavailable, "ledger: cannot be reached"});
  const auto document = sarif_of({report, test::failure_report("deps", {ErrorKind::config, "no such file"})});
  CHECK(document["runs"][0]["results"].size() == 1);
  CHECK(document["runs"][0]["invocations"][0]["executionSuccessful"] == false);
  CHECK(document["runs"][0]["invocations"][0]["exitCode"] == 1);
  const Json& invocation = document["runs"][1]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 2);
  CHECK(invocation["exitCodeDescription"] == "unable");
  CHECK(invocation["toolExecutionNotifications"][0]["level"] == "error");
  CHECK(invocation["toolExecutionNotifications"][0]["message"]["text"] == "sluice-deps is unable: no such file");
}

TEST_CASE("A gate without a subject is successful, with a note")
{
  const auto document = sarif_of({test::env_report()});
  const Json& invocation = document["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == true);
  CHECK(invocation["exitCodeDescription"] == "not-applicable");
  CHECK(invocation["toolExecutionNotifications"][0]["level"] == "note");
  CHECK(invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "no-subject");
}

TEST_CASE("Places have a role, and primary ones are locations of the finding")
{
  const auto document = sarif_of({test::deps_report()});
  const Json& result = document["runs"][0]["results"][0];
  CHECK(result["locations"].size() == 2);
  CHECK(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "pkg:npm/left-pad@1.3.0");
  CHECK(result["locations"][1]["physicalLocation"]["artifactLocation"]["uri"] == "yarn.lock");
  REQUIRE(result["relatedLocations"].size() == 3);
  CHECK(result["relatedLocations"][0]["message"]["text"] == "because of: web-kit asks for it");
  CHECK(result["relatedLocations"][1]["message"]["text"] == "to change");
}

TEST_CASE("A finding's own severity and identifiers are those of its result")
{
  const auto document = sarif_of({test::deps_report()});
  const Json& run = document["runs"][0];
  const Json& result = run["results"][0];
  CHECK(run["tool"]["driver"]["rules"][0]["properties"]["security-severity"] == "8.0");
  CHECK(result["properties"]["security-severity"] == "9.5");
  CHECK(result["rank"].real() == 95.0);
  CHECK(result["properties"]["identifiers"][0]["name"] == "CVE-2026-12345");
  CHECK(result["properties"]["identifiers"][0]["url"] == "https://nvd.nist.gov/vuln/detail/CVE-2026-12345");
  CHECK(result["properties"]["tags"] == Json::array({"external/cwe/cwe-78"}));
  CHECK(result["taxa"][0]["id"] == "78");
  CHECK(run["taxonomies"][0]["taxa"][0]["helpUri"] == "https://cwe.mitre.org/data/definitions/78.html");
  CHECK(run["tool"]["driver"]["supportedTaxonomies"][0]["name"] == "CWE");
}

TEST_CASE("A rule is tagged with a weakness only where all its findings are one")
{
  Report report =
      test::report_with({test::active_finding(Severity::high, "a"), test::active_finding(Severity::high, "b")});
  report.judged[0].finding.identifiers = {{"CWE-1"}, {"CWE-2"}, {"CVE-2026-1"}, {"CWE-x\"<"}};
  report.judged[1].finding.identifiers = {{"CWE-2"}, {"CWE-3"}, {"CVE-2026-1"}};
  const auto document = sarif_of({report});
  CHECK(document["runs"][0]["tool"]["driver"]["rules"][0]["properties"]["tags"]
        == Json::array({"security", "external/cwe/cwe-2", "credential", "vcs"}));
  CHECK(document["runs"][0]["taxonomies"][0]["taxa"].size() == 3);
}

TEST_CASE("Only what is a security scan is tagged as security, and a preview says so")
{
  const auto document = sarif_of(test::canonical_reports());
  CHECK(document["runs"][1]["tool"]["driver"]["rules"][0]["properties"]["tags"]
        == Json::array({"lock", "availability"}));
  const Json& preview = document["runs"][0]["tool"]["driver"]["rules"][1];
  CHECK(preview["defaultConfiguration"]["enabled"] == false);
  CHECK(preview["properties"]["tags"] == Json::array({"security", "preview"}));
  CHECK(preview.find("helpUri") == nullptr);
  CHECK(document["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"] == "https://example.org/docs/tokens");
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
  CHECK(open_region.find("endColumn") == nullptr);
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
