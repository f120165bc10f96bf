// SPDX-License-Identifier: Apache-2.0
#include "scripts.hpp"

#include <doctest/doctest.h>

namespace sluice::migrations {

namespace {

/// Lines on which a lock timeout is missing.
std::vector<std::uint32_t>
missing(const std::string& script, FileTransaction transaction = FileTransaction::none)
{
  test::Scripts scripts{.change = {script}, .options = {}};
  scripts.options.transaction = transaction;
  std::vector<std::uint32_t> lines;
  for (const Finding& finding : test::judge(scripts).found) {
    if (finding.rule->id == "missing-lock-timeout") {
      lines.push_back(finding.where.begin.line);
    }
  }
  return lines;
}

using Lines = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("one finding per file, at the first lock that blocks somebody")
{
  CHECK(missing("SELECT 1;\nALTER TABLE t ADD a int;\nALTER TABLE u ADD a int;") == Lines{2});
  CHECK(missing("SELECT 1; INSERT INTO t VALUES (1); COMMENT ON TABLE t IS 'x'; ANALYZE t;").empty());
}

TEST_CASE("statements that let the application work need no timeout")
{
  CHECK(missing("ALTER TABLE t VALIDATE CONSTRAINT k").empty());
  CHECK(missing("ALTER TABLE t ALTER a SET STATISTICS 100").empty());
  CHECK(missing("ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1)").empty());
  CHECK(missing("CREATE INDEX CONCURRENTLY ON t (a)").empty());
  CHECK(missing("CREATE TABLE t (a int); CREATE INDEX ON t (a); DROP TABLE t;").empty());
  CHECK(missing("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'").empty());
}

TEST_CASE("locks on tables that a statement only mentions count")
{
  CHECK(missing("CREATE TABLE n (a int REFERENCES t (id))").size() == 1);
  CHECK(missing("CREATE TABLE n (a int, FOREIGN KEY (a) REFERENCES t (id))").size() == 1);
  CHECK(missing("CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)").size() == 1);
  CHECK(missing("DROP POLICY x ON t").size() == 1);
  CHECK(missing("CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()").size() == 1);
  CHECK(missing("LOCK TABLE t").size() == 1);
  CHECK(missing("LOCK TABLE t IN ACCESS SHARE MODE").empty());
  CHECK(missing("VACUUM FULL t").size() == 1);
  CHECK(missing("VACUUM t").empty());
  CHECK(missing("TRUNCATE t").size() == 1);
}

TEST_CASE("a timeout counts as long as it is in force")
{
  const std::string alter = "ALTER TABLE t ADD a int;";
  CHECK(missing("SET lock_timeout = '5s';" + alter).empty());
  CHECK(missing("SET SESSION lock_timeout TO 5000;" + alter).empty());
  CHECK(missing("SELECT set_config('lock_timeout', '5s', false);" + alter).empty());
  CHECK(missing("BEGIN; SET LOCAL lock_timeout = '5s';" + alter + "COMMIT;").empty());
  CHECK(missing("SET LOCAL lock_timeout = '5s';" + alter, FileTransaction::per_file).empty());
  CHECK(missing("SET LOCAL lock_timeout = '5s';" + alter).size() == 1);
  CHECK(missing("BEGIN; SET LOCAL lock_timeout = '5s'; COMMIT;" + alter).size() == 1);
  CHECK(missing("SET lock_timeout = 0;" + alter).size() == 1);
  CHECK(missing("SET lock_timeout = '0ms';" + alter).size() == 1);
  CHECK(missing("SET lock_timeout = '5s'; RESET lock_timeout;" + alter).size() == 1);
  CHECK(missing("SET lock_timeout = '5s'; RESET ALL;" + alter).size() == 1);
  CHECK(missing("BEGIN; SET lock_timeout = '5s'; ROLLBACK;" + alter).size() == 1);
  CHECK(missing("SET statement_timeout = '5s';" + alter).size() == 1);
}

TEST_CASE("each file has a session of its own")
{
  const auto findings = test::judge(
      {.change = {"SET lock_timeout = '5s'; ALTER TABLE t ADD a int;", "ALTER TABLE t ADD b int;"}, .options = {}});
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where.path == "migrations/002.sql");
}

}  // namespace sluice::migrations
