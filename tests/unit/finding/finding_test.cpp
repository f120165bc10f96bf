// SPDX-License-Identifier: Apache-2.0
#include "finding/finding.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace sluice;

TEST_CASE("a fingerprint depends on the rule and on how the content is divided")
{
  const std::vector<std::string_view> one{"ab", "c"};
  const std::vector<std::string_view> other{"a", "bc"};
  CHECK(make_fingerprint("r", one).hex.size() == 64);
  CHECK(make_fingerprint("r", one) == make_fingerprint("r", one));
  CHECK(make_fingerprint("r", one) != make_fingerprint("r", other));
  CHECK(make_fingerprint("r", one) != make_fingerprint("s", one));
}

TEST_CASE("a coarse fingerprint can be told from a whole one")
{
  const Fingerprint coarse = make_coarse_fingerprint("r", {1, 2});
  CHECK(coarse.hex.size() == 64);
  CHECK(is_coarse(coarse));
  CHECK(coarse == make_coarse_fingerprint("r", {1, 2}));
  CHECK(coarse != make_coarse_fingerprint("r", {2, 1}));
  CHECK(coarse != make_coarse_fingerprint("s", {1, 2}));
  CHECK_FALSE(is_coarse(make_fingerprint("r", std::vector<std::string_view>{"a"})));
  CHECK_FALSE(is_coarse({std::string(12, '0')}));
}

TEST_CASE("identifiers know who gave them out, and where they are explained")
{
  CHECK(Identifier{"CVE-2024-3094"}.kind() == IdentifierKind::cve);
  CHECK(Identifier{"GHSA-rxwq-x6h5-x525"}.kind() == IdentifierKind::ghsa);
  CHECK(Identifier{"CWE-798"}.kind() == IdentifierKind::cwe);
  CHECK(Identifier{"PYSEC-2024-1"}.kind() == IdentifierKind::other);
  CHECK(Identifier{"CVE-2024-3094"}.url() == "https://nvd.nist.gov/vuln/detail/CVE-2024-3094");
  CHECK(Identifier{"GHSA-rxwq-x6h5-x525"}.url() == "https://github.com/advisories/GHSA-rxwq-x6h5-x525");
  CHECK(Identifier{"CWE-798"}.url() == "https://cwe.mitre.org/data/definitions/798.html");
  CHECK(Identifier{"PYSEC-2024-1"}.url() == "https://osv.dev/vulnerability/PYSEC-2024-1");
  CHECK(Identifier{"ACME-2024-1"}.url().empty());
  CHECK(Identifier{"CVE-1/../../x?y=\"><b>"}.url().empty());
  CHECK(Identifier{""}.url().empty());
}

TEST_CASE("what a finding knows better than its rule counts")
{
  static constexpr RuleMeta rule{.id = "r", .severity = Severity::low, .confidence = Confidence::medium};
  Finding finding;
  finding.rule = &rule;
  CHECK(finding.own_severity() == Severity::low);
  CHECK(finding.own_confidence() == Confidence::medium);
  finding.severity = Severity::critical;
  finding.confidence = Confidence::high;
  CHECK(finding.own_severity() == Severity::critical);
  CHECK(finding.own_confidence() == Confidence::high);
}

TEST_CASE("every role of a place is told in words of its own")
{
  std::set<std::string_view> texts;
  for (std::size_t i = 0; i < EnumNames<PlaceRole>::names.size(); ++i) {
    texts.insert(text_of(static_cast<PlaceRole>(i)));
  }
  CHECK(texts.size() == EnumNames<PlaceRole>::names.size());
}

TEST_CASE("a coverage of zeros is empty")
{
  CHECK(Coverage{}.is_empty());
  CHECK(Coverage{"x", {{0, "files"}}}.is_empty());
  CHECK_FALSE(Coverage{"x", {{0, "files"}, {1, "commits"}}}.is_empty());
}

TEST_CASE("severities compare with thresholds")
{
  CHECK(reaches(Severity::high, FailOn::medium));
  CHECK_FALSE(reaches(Severity::low, FailOn::medium));
  CHECK_FALSE(reaches(Severity::critical, FailOn::none));
  CHECK_FALSE(reaches(Severity::info, FailOn::low));
  CHECK(from_name<Severity>("critical") == Severity::critical);
  CHECK_FALSE(from_name<Severity>("Critical"));
}
