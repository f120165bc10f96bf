// SPDX-License-Identifier: Apache-2.0
#include "scripts.hpp"

#include <doctest/doctest.h>

namespace sluice::migrations {

namespace {

Finding
first(const std::string& script)
{
  auto findings = test::judge({.change = {"SET lock_timeout = 1;\n" + script}, .options = {}});
  REQUIRE_FALSE(findings.found.empty());
  return findings.found.front();
}

bool
is_allowed(const std::string& script)
{
  return first(script).inline_allow.has_value();
}

}  // namespace

TEST_CASE("a finding shows its clause and line")
{
  const Finding finding = first("ALTER TABLE t\r\n  ADD a int,\r\n  DROP COLUMN b;\r\n");
  CHECK(finding.where.begin == Position{4, 3});
  CHECK(finding.where.end == Position{4, 16});
  CHECK(finding.excerpt == "  DROP COLUMN b;");
  CHECK(finding.message.find("t.b") != std::string::npos);
  CHECK_FALSE(finding.help.empty());
}

TEST_CASE("a comment on the statement or right above it allows it")
{
  CHECK(is_allowed("-- sluice:allow[drop-column] unused since 2.4\nALTER TABLE t DROP COLUMN b;"));
  CHECK(is_allowed("-- sluice:allow[drop-column] unused\n-- since 2.4\nALTER TABLE t DROP COLUMN b;"));
  CHECK(is_allowed("-- sluice:allow-next-line[drop-column] unused since 2.4\nALTER TABLE t DROP COLUMN b;"));
  CHECK(is_allowed("ALTER TABLE t DROP COLUMN b; -- sluice:allow[drop-column] unused"));
  CHECK(is_allowed("ALTER TABLE t\n  -- sluice:allow[drop-column] unused\n  DROP COLUMN b;"));
  CHECK(first("-- sluice:allow[drop-column] unused\nALTER TABLE t DROP COLUMN b;").inline_allow->reason == "unused");
  CHECK(first("-- sluice:allow[drop-column] unused\nALTER TABLE t DROP COLUMN b;").inline_allow->where.line == 2);
}

TEST_CASE("of several comments the one that counts everywhere is taken, wherever it stands")
{
  const std::string own = "-- sluice:allow[drop-column] unused\n";
  const std::string bare = "-- sluice:allow[drop-column]\n";
  const std::string peer = "-- squawk-ignore ban-drop-column\n";
  const std::string statement = "ALTER TABLE t DROP COLUMN b;";
  for (const std::string& script :
       {peer + own + statement, own + peer + statement, bare + own + statement,
        "-- squawk-ignore-file\n\n" + own + statement, peer + statement + " -- sluice:allow[drop-column] unused",
        "-- sluice:allow[drop-column] sluice:allow-next-line[drop-column] unused\n" + statement}) {
    CAPTURE(script);
    REQUIRE(first(script).inline_allow);
    CHECK(first(script).inline_allow->is_own_with_reason());
  }
  CHECK(first(peer + statement).inline_allow->owner == MarkOwner::peer);
}

TEST_CASE("a comment that is elsewhere or for another rule allows nothing")
{
  CHECK_FALSE(is_allowed("-- sluice:allow[rename-table] x\nALTER TABLE t DROP COLUMN b;"));
  CHECK_FALSE(is_allowed("-- sluice:allow[drop-column] x\n\nALTER TABLE t DROP COLUMN b;"));
  CHECK_FALSE(is_allowed("SELECT 1; -- sluice:allow[drop-column] x\nALTER TABLE t DROP COLUMN b;"));
  CHECK_FALSE(is_allowed("-- gitleaks:allow nosecret\nALTER TABLE t DROP COLUMN b;"));
}

TEST_CASE("squawk's comments keep counting under its names")
{
  CHECK(is_allowed("-- squawk-ignore ban-drop-column\nALTER TABLE t DROP COLUMN b;"));
  CHECK(is_allowed("-- squawk-ignore renaming-table, ban-drop-column\nALTER TABLE t DROP COLUMN b;"));
  CHECK_FALSE(is_allowed("-- squawk-ignore renaming-table\nALTER TABLE t DROP COLUMN b;"));
  CHECK(is_allowed("ALTER TABLE t DROP COLUMN b;\n\n-- squawk-ignore-file ban-drop-column"));
  CHECK(is_allowed("-- squawk-ignore-file\n\nALTER TABLE t DROP COLUMN b;"));
  CHECK_FALSE(is_allowed("-- squawk-ignore-file renaming-table\n\nALTER TABLE t DROP COLUMN b;"));
}

TEST_CASE("a fingerprint is of the statement, not of its place or layout")
{
  const std::string plain = first("ALTER TABLE t DROP COLUMN b;").fingerprint.hex;
  CHECK(first("\n\nalter table t -- why\n  drop column b;").fingerprint.hex == plain);
  CHECK(first("ALTER TABLE t DROP COLUMN c;").fingerprint.hex != plain);
}

TEST_CASE("equal statements and clauses have fingerprints of their own")
{
  const auto findings =
      test::judge({.change = {"SET lock_timeout = 1; ALTER TABLE t DROP b, DROP c; ALTER TABLE t DROP "
                              "b, DROP c;",
                              "SET lock_timeout = 1; ALTER TABLE t DROP b, DROP c;"},
                   .options = {}});
  REQUIRE(findings.found.size() == 6);
  std::vector<std::string> prints;
  for (const Finding& finding : findings.found) {
    CHECK(std::find(prints.begin(), prints.end(), finding.fingerprint.hex) == prints.end());
    prints.push_back(finding.fingerprint.hex);
  }
}

TEST_CASE("what cannot be examined is a gap with its line")
{
  const auto findings = test::judge(
      {.change = {"SELECT 1;\nALTER TABEL t;\n\\echo hi\nDO $$ BEGIN DROP TABLE t; END $$;"}, .options = {}});
  REQUIRE(findings.gaps.size() == 3);
  CHECK(findings.gaps[0].subject == "migrations/001.sql:4");
  CHECK(findings.gaps[1].subject == "migrations/001.sql:3");
  CHECK(findings.gaps[2].subject == "migrations/001.sql:2");
  CHECK(findings.coverage.counts[1].value == 2);
}

TEST_CASE("gaps of files that are only replayed are not of this change")
{
  CHECK(test::judge({.earlier = {"ALTER TABEL t;"}, .change = {"SELECT 1;"}, .options = {}}).gaps.empty());
}

TEST_CASE("thousands of clauses in one statement take no quadratic time")
{
  std::string script = "SET lock_timeout = 1; ALTER TABLE t\n";
  for (int i = 0; i < 20'000; ++i) {
    script += fmt::format("DROP COLUMN c{}{}", i, i == 19'999 ? ";" : ",\n");
  }
  CHECK(test::judge({.change = {script}, .options = {}}).found.size() == 20'000);
}

}  // namespace sluice::migrations
