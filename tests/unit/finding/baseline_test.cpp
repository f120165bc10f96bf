// SPDX-License-Identifier: Apache-2.0
#include "finding/baseline.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

Finding
finding_with(std::string fingerprint)
{
  static constexpr RuleMeta rule{.id = "a-rule"};
  Finding finding;
  finding.rule = &rule;
  finding.where = {.path = "a\n.py", .begin = {3, 1}};
  finding.fingerprint = {std::move(fingerprint)};
  return finding;
}

}  // namespace

TEST_CASE("a baseline survives its text")
{
  Baseline baseline;
  baseline.add(finding_with("bb"));
  baseline.add(finding_with("aa"));
  const auto read = Baseline::parse(baseline.text(), "b.json");
  REQUIRE(read);
  CHECK(read->text() == baseline.text());
  CHECK(read->contains(finding_with("aa")));
  CHECK_FALSE(read->contains(finding_with("cc")));
  CHECK(baseline.text().find("\"aa\"") < baseline.text().find("\"bb\""));
  CHECK(Baseline::parse(Baseline().text(), "b.json")->entries().empty());
}

TEST_CASE("what is no baseline is refused by name")
{
  CHECK(Baseline::parse("[", "b.json").error().message == "b.json: is not a JSON object: not JSON (line 1, column 2)");
  CHECK(Baseline::parse("[]", "b.json").error().message == "b.json: is not a JSON object");
  CHECK(Baseline::parse("{\"schema\":\"x\"}", "b.json").error().message.find("is not a baseline of this version")
        != std::string::npos);
  CHECK(Baseline::parse(R"({"schema":"sluice.baseline/1","findings":[{}]})", "b.json").error().message
        == "b.json: every finding needs a \"fingerprint\"");
}
