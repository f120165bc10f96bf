// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "output/gitlab.hpp"
#include "output/sink.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

#include <set>

namespace sluice::output {

namespace {

Json
rendered(std::string_view sink, const std::vector<Report>& reports)
{
  return Json::parse(find_sink(sink)->render(reports, {})).value();
}

const std::string&
text_of(const Json& json)
{
  REQUIRE(json.text() != nullptr);
  return *json.text();
}

bool
has_schema_time(const Json& time)
{
  const std::string& text = text_of(time);
  return text.size() == 19 && text[4] == '-' && text[10] == 'T' && text[18] >= '0' && text[18] <= '9';
}

}  // namespace

TEST_CASE("Code quality is an array, empty when there is nothing")
{
  CHECK(find_sink("gitlab-codequality")->render({}, {}) == "[]\n");
  CHECK(rendered("gitlab-codequality", {test::clean_report()}).size() == 0);
}

TEST_CASE("Every code quality item has the fields without which GitLab drops the rest")
{
  const Judged twice = test::active_finding(Severity::high, "./a.ts", 0);
  auto reports = test::canonical_reports();
  reports.push_back(test::report_with({twice, twice}));
  const auto items = rendered("gitlab-codequality", reports);
  CHECK(items.size() == 11);
  std::set<std::string> fingerprints;
  for (const Json& item : items.items()) {
    CHECK_FALSE(text_of(item["description"]).empty());
    CHECK_FALSE(text_of(item["check_name"]).empty());
    CHECK(fingerprints.insert(text_of(item["fingerprint"])).second);
    CHECK(std::set<std::string>{"info", "minor", "major", "critical", "blocker"}.contains(text_of(item["severity"])));
    CHECK_FALSE(text_of(item["location"]["path"]).starts_with("./"));
    CHECK(item["location"]["lines"]["begin"].natural() >= 1U);
  }
}

TEST_CASE("What was not examined is a code quality item")
{
  const auto items = rendered("gitlab-codequality", test::canonical_reports());
  const Json& gap = items[items.size() - 2];
  CHECK(gap["check_name"] == "incomplete");
  CHECK(text_of(gap["description"]).starts_with("Not examined: shallow clone"));
}

TEST_CASE("Secret detection follows its schema")
{
  const auto document = rendered("gitlab-secret-detection", test::canonical_reports());
  CHECK(document["version"] == "15.0.7");
  const auto& scan = document["scan"];
  CHECK(scan["type"] == "secret_detection");
  CHECK(scan["status"] == "failure");
  CHECK(has_schema_time(scan["start_time"]));
  CHECK(has_schema_time(scan["end_time"]));
  for (const char* program : {"analyzer", "scanner"}) {
    for (const char* field : {"id", "name", "version"}) {
      CHECK_FALSE(text_of(scan[program][field]).empty());
    }
    CHECK(scan[program]["vendor"]["name"] == "Sluice");
  }
  REQUIRE(document["vulnerabilities"].size() == 4);
  std::set<std::string> ids;
  for (const Json& vulnerability : document["vulnerabilities"].items()) {
    CHECK(ids.insert(text_of(vulnerability["id"])).second);
    CHECK(vulnerability["identifiers"][0]["type"] == "sluice_rule_id");
    CHECK(text_of(vulnerability["location"]["commit"]["sha"]).size() == 40);
    CHECK(text_of(vulnerability["name"]).size() <= 255);
    CHECK(text_of(vulnerability["solution"]).size() <= 7000);
    CHECK(vulnerability.find("raw_source_code_extract") == nullptr);
  }
}

TEST_CASE("Only what the secrets gate found is a secret")
{
  const auto document = rendered("gitlab-secret-detection", {test::canonical_reports()[1]});
  CHECK(document["vulnerabilities"].size() == 0);
  CHECK(document["scan"]["status"] == "failure");
  CHECK(document["scan"]["messages"][0]["level"] == "fatal");
  CHECK(rendered("gitlab-secret-detection", {test::clean_report()})["scan"]["status"] == "success");
}

TEST_CASE("Static analysis has its own report, chosen by what a gate says it is")
{
  Report report = test::report_with({test::active_finding(Severity::high, "src/a.ts", 3)});
  report.tool = "env";
  report.scan = ScanType::sast;
  report.judged[0].finding.identifiers = {{"CWE-798"}, {"CVE-2026-1"}, {"PYSEC-1"}, {"CWE-"}};
  report.judged[0].finding.subject = "env:prod/DB_URL";
  const auto document = rendered("gitlab-sast", {test::clean_report(), report});
  CHECK(document["version"] == "15.0.7");
  CHECK(document["scan"]["type"] == "sast");
  CHECK(document["scan"]["status"] == "success");
  CHECK(document["scan"]["scanner"]["id"] == "sluice-env");
  REQUIRE(document["vulnerabilities"].size() == 1);
  const Json& found = document["vulnerabilities"][0];
  CHECK(found["location"] == Json{{"file", "src/a.ts"}, {"start_line", 3}, {"end_line", 3}});
  CHECK(found["links"][0]["url"] == "https://example.org/docs/tokens");
  CHECK(text_of(found["description"]).find("About: env:prod/DB&#95;URL") != std::string::npos);
  REQUIRE(found["identifiers"].size() == 4);
  CHECK(found["identifiers"][1]
        == Json{{"type", "cwe"},
                {"name", "CWE-798"},
                {"value", "798"},
                {"url", "https://cwe.mitre.org/data/definitions/798.html"}});
  CHECK(found["identifiers"][3]
        == Json{{"type", "other"},
                {"name", "PYSEC-1"},
                {"value", "PYSEC-1"},
                {"url", "https://osv.dev/vulnerability/PYSEC-1"}});
  CHECK(rendered("gitlab-secret-detection", {report})["scan"]["status"] == "failure");
}

TEST_CASE("Of dependencies the advisory comes first, and each package of a file has a number")
{
  Report report = test::deps_report();
  report.judged.resize(1);
  Finding& finding = report.judged[0].finding;
  finding.facts = {{"package", "package", "left-pad"},
                   {"version", "version", "1.3.0"},
                   {"ecosystem", "ecosystem", "npm"},
                   {"scope", "needed for", "runtime, transitive"},
                   {"reference", "more", "https://example.org/advisory"},
                   {"reference", "more", "javascript:alert(1)"}};
  Judged other = report.judged[0];
  other.finding.identifiers = {{"GHSA-bbbb-cccc-dddd"}};
  other.finding.facts[3].value = "dev, direct";
  report.judged.push_back(other);
  other.finding.facts = {};
  other.finding.subject = "actions/checkout@v4";
  other.finding.where.path = ".github/workflows/ci.yml";
  other.finding.identifiers = {};
  report.judged.push_back(other);
  const auto document = rendered("gitlab-dependency-scanning", {test::clean_report(), report});
  CHECK(document["version"] == "15.0.7");
  CHECK(document["scan"]["type"] == "dependency_scanning");
  CHECK(document["scan"]["scanner"]["id"] == "sluice-deps");
  REQUIRE(document["vulnerabilities"].size() == 3);
  const Json& first = document["vulnerabilities"][0];
  CHECK(first["name"]
        == "left-pad 1.3.0 hands its input to a shell: whoever sends a name runs commands on your server");
  CHECK(text_of(first["description"]).find("\n\n- package: left-pad\n- version: 1.3.0\n") != std::string::npos);
  CHECK(first["identifiers"][0]["value"] == "CVE-2026-12345");
  CHECK(first["identifiers"][4]["type"] == "sluice_rule_id");
  CHECK(first["links"][0]["url"] == "https://example.org/advisory");
  CHECK(first["links"][1]["url"] == "https://nvd.nist.gov/vuln/detail/CVE-2026-12345");
  CHECK(first["location"]
        == Json{{"file", "package-lock.json"},
                {"dependency",
                 {{"package", {{"name", "left-pad"}}}, {"version", "1.3.0"}, {"direct", false}, {"iid", 1}}}});
  // The same package, at the same place, with another advisory.
  const Json& second = document["vulnerabilities"][1];
  CHECK(second["location"]["dependency"]["iid"] == 1);
  CHECK(second["location"]["dependency"]["direct"] == true);
  CHECK(second["identifiers"][0]["value"] == "GHSA-bbbb-cccc-dddd");
  const Json& third = document["vulnerabilities"][2];
  CHECK(third["location"]["dependency"]["package"]["name"] == "actions/checkout@v4");
  CHECK(third["location"]["dependency"]["version"] == "");
  CHECK(third["identifiers"][0]["type"] == "sluice_rule_id");
  REQUIRE(document["dependency_files"].size() == 2);
  CHECK(document["dependency_files"][0]["package_manager"] == "unknown");
  const Json& file = document["dependency_files"][1];
  CHECK(file["path"] == "package-lock.json");
  CHECK(file["package_manager"] == "npm");
  CHECK(file["dependencies"].size() == 1);
}

TEST_CASE("A report of dependencies without any is one all the same")
{
  const auto document = rendered("gitlab-dependency-scanning", {});
  CHECK(document["scan"]["status"] == "failure");
  CHECK(document["dependency_files"] == Json::array());
  CHECK(document["vulnerabilities"] == Json::array());
}

TEST_CASE("A scan that failed has not succeeded, one without a subject has")
{
  Report failed = test::clean_report();
  failed.fail_with({ErrorKind::input, "x: cannot open"});
  const auto failure = rendered("gitlab-secret-detection", {failed});
  CHECK(failure["scan"]["status"] == "failure");
  CHECK(failure["scan"]["messages"][0]
        == Json{{"level", "fatal"}, {"value", "sluice-secrets is unable: x: cannot open"}});
  const auto absent = rendered("gitlab-sast", {test::env_report()});
  CHECK(absent["scan"]["status"] == "success");
  CHECK(absent["scan"]["messages"][0]["level"] == "info");
}

TEST_CASE("A finding without any commit has the zero id")
{
  const auto document =
      rendered("gitlab-secret-detection", {test::report_with({test::active_finding(Severity::low, "a")})});
  CHECK(document["vulnerabilities"][0]["location"]["commit"]["sha"] == std::string(40, '0'));
}

TEST_CASE("Identities are stable and unique")
{
  Finding finding = test::active_finding(Severity::low, "a").finding;
  UniqueIdentities identities;
  const std::string first = identities.next(finding);
  const std::string second = identities.next(finding);
  CHECK(first == finding.fingerprint.hex);
  CHECK(second != first);
  CHECK(second.size() == 64);
  UniqueIdentities again;
  CHECK(again.next(finding) == first);
  CHECK(again.next(finding) == second);
  finding.fingerprint.hex.clear();
  CHECK(again.next(finding).size() == 64);
}

}  // namespace sluice::output
