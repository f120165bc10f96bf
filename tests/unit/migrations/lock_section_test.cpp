// SPDX-License-Identifier: Apache-2.0
#include "scripts.hpp"

#include <doctest/doctest.h>

namespace sluice::migrations {

namespace {

using Rows = std::vector<std::vector<std::string>>;

const Section*
section_of(const Findings& findings)
{
  return findings.sections.empty() ? nullptr : &findings.sections.front();
}

Rows
rows(const std::string& script, std::vector<std::string> earlier = {})
{
  const auto findings = test::judge({.earlier = std::move(earlier), .change = {script}});
  const Section* section = section_of(findings);
  return section == nullptr ? Rows() : std::get<Table>(section->content).rows;
}

/// What the only statement takes.
std::string
length(const std::string& statement, std::vector<std::string> earlier = {})
{
  const Rows all = rows(statement, std::move(earlier));
  return all.empty() ? "none" : all.front().back();
}

}  // namespace

TEST_CASE("each lock on a table in use is a row, whether a rule objects or not")
{
  const auto findings = test::judge({.earlier = {"CREATE TABLE t (a int); CREATE TABLE u (a int PRIMARY KEY);"},
                                     .change = {"SET lock_timeout = 1;\nCREATE TABLE n (a int);\nALTER TABLE n ADD b "
                                                "int;\nALTER TABLE t ADD b int;\nCREATE INDEX ON t (a);",
                                                "ALTER TABLE x.t ADD FOREIGN KEY (a) REFERENCES u (a);"}});
  const Section* section = section_of(findings);
  REQUIRE(section != nullptr);
  CHECK(section->title == "Locks that the change takes");
  const auto& table = std::get<Table>(section->content);
  CHECK(table.columns.size() == 5);
  CHECK(table.rows
        == Rows{{"migrations/002.sql:4", "t", "ACCESS EXCLUSIVE", "reads and writes", "instant"},
                {"migrations/002.sql:5", "t", "SHARE", "writes", "index build"},
                {"migrations/003.sql:1", "u", "SHARE ROW EXCLUSIVE", "writes", "scan"},
                {"migrations/003.sql:1", "x.t", "SHARE ROW EXCLUSIVE", "writes", "scan"}});
}

TEST_CASE("a change that keeps nobody waiting has no section")
{
  CHECK(rows("CREATE TABLE t (a int); CREATE INDEX ON t (a); SELECT 1;").empty());
  CHECK(rows("CREATE INDEX CONCURRENTLY ON t (a); ALTER TABLE t VALIDATE CONSTRAINT k;").empty());
  CHECK(test::judge({.earlier = {"ALTER TABLE t ADD a int;"}}).sections.empty());
}

TEST_CASE("a statement of many clauses is one row a table, as strong and as long as all of them")
{
  CHECK(rows("ALTER TABLE t ADD a int, VALIDATE CONSTRAINT k, DISABLE TRIGGER x")
        == Rows{{"migrations/001.sql:1", "t", "ACCESS EXCLUSIVE", "reads and writes", "scan"}});
}

TEST_CASE("what a lock is held for depends on what the migrations tell")
{
  const std::vector<std::string> history{"CREATE TABLE t (a varchar(9), b int NOT NULL);"};
  CHECK(length("ALTER TABLE t ALTER a TYPE varchar(20)", history) == "instant");
  CHECK(length("ALTER TABLE t ALTER a TYPE varchar(5)", history) == "rewrite");
  CHECK(length("ALTER TABLE u ALTER a TYPE varchar(20)", history) == "rewrite");
  CHECK(length("ALTER TABLE t ALTER b SET NOT NULL", history) == "instant");
  CHECK(length("ALTER TABLE t ALTER a SET NOT NULL", history) == "scan");
  CHECK(length("ALTER TABLE t ADD c int DEFAULT f()", history) == "rewrite");
  CHECK(length("ALTER TABLE t ADD c int NOT NULL DEFAULT 0", history) == "instant");
  CHECK(length("ALTER TABLE t ADD UNIQUE USING INDEX i", history) == "instant");
  CHECK(length("VACUUM FULL t", history) == "rewrite");
  CHECK(length("REINDEX TABLE t", history) == "index build");
  CHECK(length("CREATE TABLE n (a int REFERENCES t (b))", history) == "instant");
  CHECK(length("CREATE TABLE n (a int); ALTER TABLE n ADD FOREIGN KEY (a) REFERENCES t (b)", history) == "instant");
}

TEST_CASE("a long history shows its first 200 locks and says so")
{
  std::string script;
  for (int i = 0; i < 1234; ++i) {
    script += fmt::format("ALTER TABLE t ADD c{} int;\n", i);
  }
  const auto findings = test::judge({.change = {script}});
  const Section* section = section_of(findings);
  REQUIRE(section != nullptr);
  CHECK(std::get<Table>(section->content).rows.size() == 200);
  CHECK(section->note.ends_with("these are the first 200 of 1,234"));
}

}  // namespace sluice::migrations
