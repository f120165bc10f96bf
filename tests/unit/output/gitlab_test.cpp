// SPDX-License-Identifier: Apache-2.0
#include "output/gitlab.hpp"
#include "output/sink.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace sluice::output {

namespace {

nlohmann::json
rendered(std::string_view sink, const std::vector<Report>& reports)
{
  return nlohmann::json::parse(find_sink(sink)->render(reports, {}));
}

bool
has_schema_time(const nlohmann::json& time)
{
  const auto text = time.get<std::string>();
  return text.size() == 19 && text[4] == '-' && text[10] == 'T' && text[18] >= '0' && text[18] <= '9';
}

}  // namespace

TEST_CASE("Code quality is an array, empty when there is nothing")
{
  CHECK(find_sink("gitlab-codequality")->render({}, {}) == "[]\n");
  CHECK(rendered("gitlab-codequality", {test::clean_report()}).empty());
}

TEST_CASE("Every code quality item has the fields without which GitLab drops the rest")
{
  const Judged twice = test::active_finding(Severity::high, "./a.ts", 0);
  auto reports = test::canonical_reports();
  reports.push_back(test::report_with({twice, twice}));
  const auto items = rendered("gitlab-codequality", reports);
  CHECK(items.size() == 10);
  std::set<std::string> fingerprints;
  for (const auto& item : items) {
    CHECK(item["description"].is_string());
    CHECK(item["check_name"].is_string());
    CHECK(fingerprints.insert(item["fingerprint"]).second);
    CHECK(std::set<std::string>{"info", "minor", "major", "critical", "blocker"}.contains(item["severity"]));
    CHECK_FALSE(item["location"]["path"].get<std::string>().starts_with("./"));
    CHECK(item["location"]["lines"]["begin"].get<int>() >= 1);
  }
}

TEST_CASE("What was not examined is a code quality item")
{
  const auto items = rendered("gitlab-codequality", test::canonical_reports());
  CHECK(items.back()["check_name"] == "incomplete");
  CHECK(items.back()["description"].get<std::string>().starts_with("Not examined: shallow clone"));
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
      CHECK_FALSE(scan[program][field].get<std::string>().empty());
    }
    CHECK(scan[program]["vendor"]["name"] == "Sluice");
  }
  REQUIRE(document["vulnerabilities"].size() == 4);
  std::set<std::string> ids;
  for (const auto& vulnerability : document["vulnerabilities"]) {
    CHECK(ids.insert(vulnerability["id"]).second);
    CHECK(vulnerability["identifiers"].size() == 1);
    CHECK(vulnerability["location"]["commit"]["sha"].get<std::string>().size() == 40);
    CHECK(vulnerability["name"].get<std::string>().size() <= 255);
    CHECK(vulnerability["solution"].get<std::string>().size() <= 7000);
    CHECK_FALSE(vulnerability.contains("raw_source_code_extract"));
  }
}

TEST_CASE("Only what the secrets gate found is a secret")
{
  const auto document = rendered("gitlab-secret-detection", {test::canonical_reports()[1]});
  CHECK(document["vulnerabilities"].empty());
  CHECK(document["scan"]["status"] == "failure");
  CHECK(document["scan"]["messages"][0]["level"] == "fatal");
  CHECK(rendered("gitlab-secret-detection", {test::clean_report()})["scan"]["status"] == "success");
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

TEST_CASE("A UUID has its version and variant")
{
  CHECK(uuid_of("00112233445566778899aabbccddeeff00") == "00112233-4455-5677-8899-aabbccddeeff");
  CHECK(uuid_of("ffffffffffffffffffffffffffffffff")[19] == 'a');
}

}  // namespace sluice::output
