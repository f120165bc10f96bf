// SPDX-License-Identifier: Apache-2.0
#include "migrations/known_functions.hpp"
#include "scripts.hpp"

#include <doctest/doctest.h>

#include <array>

namespace sluice::migrations {

namespace {

using test::judge;

const std::vector<std::string> history{
    "CREATE TABLE orders (id int NOT NULL, note text); CREATE TABLE parts (id int); CREATE SCHEMA app;"
    "CREATE FUNCTION app.known() RETURNS int LANGUAGE sql AS 'select 1';"};

/// Severities of what the rule says of a change, one word each.
std::string
said_of(std::string_view change)
{
  std::string all;
  const Findings findings = judge({.earlier = history, .change = {std::string(change)}, .options = {}});
  for (const Finding& finding : findings.found) {
    if (finding.rule->id == "unjudged-statement") {
      all += std::string(all.empty() ? "" : " ") + std::string(name_of(finding.own_severity()));
    }
  }
  return all;
}

}  // namespace

TEST_CASE("what destroys data is critical")
{
  constexpr std::array statements =
      std::to_array<std::string_view>({"DROP TABLE orders",
                                       "DROP TABLE IF EXISTS unknown",
                                       "DROP SCHEMA app",
                                       "DROP SCHEMA app CASCADE",
                                       "DROP DATABASE x",
                                       "DROP OWNED BY app",
                                       "TRUNCATE orders",
                                       "TRUNCATE parts, orders CASCADE",
                                       "DELETE FROM orders",
                                       "DELETE FROM orders WHERE true",
                                       "DELETE FROM orders WHERE 1 = 1 OR id = 3",
                                       "DELETE FROM orders WHERE NOT false",
                                       "DELETE FROM orders WHERE id = id",
                                       "DELETE FROM orders WHERE 2 > 1",
                                       "DELETE FROM orders WHERE id IS NOT NULL",
                                       "DELETE FROM orders WHERE 't'::bool",
                                       "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone",
                                       "EXPLAIN ANALYZE DELETE FROM orders",
                                       "EXPLAIN (ANALYZE, VERBOSE) DELETE FROM orders",
                                       "PREPARE p AS DELETE FROM orders",
                                       "COPY (DELETE FROM orders RETURNING id) TO STDOUT",
                                       "COPY orders FROM PROGRAM 'curl example.org'",
                                       "COPY orders TO PROGRAM 'cat'",
                                       "ALTER TABLE orders SET UNLOGGED"});
  for (const std::string_view statement : statements) {
    CAPTURE(std::string(statement));
    CHECK(said_of(statement) == "critical");
  }
}

TEST_CASE("what locks, opens up or breaks is told by how bad it is")
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 47> statements{{
      {"UPDATE orders SET note = ''", "high"},
      {"VACUUM FULL", "high"},
      {"VACUUM (FULL, ANALYZE) orders", "high"},
      {"CLUSTER orders USING i", "high"},
      {"CLUSTER", "high"},
      {"REINDEX TABLE orders", "high"},
      {"REINDEX INDEX i", "high"},
      {"REINDEX DATABASE x", "high"},
      {"LOCK TABLE orders", "medium"},
      {"LOCK TABLE orders IN SHARE MODE", "medium"},
      {"ALTER TABLE orders SET TABLESPACE fast", "high"},
      {"ALTER INDEX i SET TABLESPACE fast", "high"},
      {"ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b", "high"},
      {"ALTER TABLE orders SET LOGGED", "high"},
      {"ALTER TABLE orders SET ACCESS METHOD heap", "high"},
      {"ALTER TABLE orders ATTACH PARTITION parts FOR VALUES IN (1)", "medium"},
      {"CREATE TABLE p (id int) PARTITION BY LIST (id); ALTER TABLE p ATTACH PARTITION parts DEFAULT", "medium"},
      {"ALTER TABLE orders DETACH PARTITION parts", "medium"},
      {"ALTER TABLE orders ADD UNIQUE (id)", "high"},
      {"ALTER TABLE orders ADD PRIMARY KEY (id)", "high"},
      {"ALTER TABLE orders ADD CHECK (id > 0)", "high"},
      {"ALTER TABLE orders ADD EXCLUDE USING gist (id WITH =)", "high"},
      {"ALTER TABLE orders ADD COLUMN k int UNIQUE", "high"},
      {"ALTER TABLE orders DROP CONSTRAINT orders_pkey", "medium"},
      {"ALTER TABLE orders ALTER CONSTRAINT f DEFERRABLE", "medium"},
      {"ALTER TABLE orders DISABLE ROW LEVEL SECURITY", "high"},
      {"ALTER TABLE orders NO FORCE ROW LEVEL SECURITY", "high"},
      {"ALTER ROLE app BYPASSRLS", "high"},
      {"CREATE ROLE app SUPERUSER", "high"},
      {"ALTER TABLE orders DISABLE TRIGGER ALL", "high"},
      {"GRANT SELECT ON orders TO PUBLIC", "high"},
      {"GRANT ALL ON SCHEMA app TO app, PUBLIC", "high"},
      {"ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC", "high"},
      {"DROP TYPE mood CASCADE", "high"},
      {"DROP FUNCTION f(int) CASCADE", "high"},
      {"DROP VIEW v CASCADE", "high"},
      {"DROP EXTENSION hstore CASCADE", "high"},
      {"DROP VIEW v", "low"},
      {"DROP FUNCTION f", "low"},
      {"DROP TYPE mood", "low"},
      {"DROP INDEX i", "medium"},
      {"DROP MATERIALIZED VIEW m", "medium"},
      {"REFRESH MATERIALIZED VIEW m", "medium"},
      {"ALTER TABLE orders RENAME COLUMN note TO remark", "high"},
      {"ALTER SCHEMA app RENAME TO api", "high"},
      {"ALTER DOMAIN d ADD CHECK (VALUE > 0)", "medium"},
      {"LOAD 'x'", "high"},
  }};
  for (const auto& each : statements) {
    CAPTURE(std::string(each.first));
    CHECK(said_of(each.first) == each.second);
  }
}

TEST_CASE("what harms nobody is not reported")
{
  constexpr std::array statements = std::to_array<std::string_view>(
      {"CREATE TABLE n (id int); UPDATE n SET id = 1; TRUNCATE n; DELETE FROM n; REINDEX TABLE n; DROP TABLE n",
       "CREATE TEMP TABLE n AS SELECT 1 AS id; UPDATE n SET id = 2; DROP TABLE n",
       "CREATE TABLE n (id int); CREATE INDEX i ON n (id); DROP INDEX i; ALTER TABLE n ADD UNIQUE (id), SET UNLOGGED",
       "CREATE SCHEMA s; DROP SCHEMA s CASCADE",
       "CREATE VIEW v AS SELECT 1; DROP VIEW v CASCADE",
       "CREATE TYPE t AS ENUM ('a'); DROP TYPE t",
       "DROP VIEW v; CREATE VIEW v AS SELECT 1",
       "DROP FUNCTION f(int); CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'select 1'",
       "EXPLAIN DELETE FROM orders",
       "EXPLAIN (ANALYZE false) DELETE FROM orders",
       "DELETE FROM orders WHERE id = 3",
       "DELETE FROM orders WHERE note IS NOT NULL",
       "UPDATE orders SET note = '' WHERE id < 10 AND true",
       "VACUUM orders",
       "VACUUM (FULL false) orders",
       "ANALYZE",
       "REINDEX TABLE CONCURRENTLY orders",
       "REINDEX (CONCURRENTLY) TABLE orders",
       "LOCK TABLE orders IN ROW EXCLUSIVE MODE",
       "DROP INDEX CONCURRENTLY i",
       "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
       "GRANT SELECT ON orders TO app",
       "REVOKE ALL ON orders FROM PUBLIC",
       "ALTER ROLE app NOBYPASSRLS",
       "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
       "ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c; "
       "ALTER TABLE orders DROP CONSTRAINT c",
       "ALTER TABLE orders ADD CONSTRAINT k UNIQUE USING INDEX i",
       "COPY orders FROM STDIN",
       "DROP POLICY p ON orders",
       "DROP TRIGGER t ON orders",
       "ALTER INDEX i RENAME TO j",
       "COMMENT ON TABLE orders IS 'x'",
       "INSERT INTO orders SELECT * FROM orders",
       "CREATE EXTENSION hstore",
       "ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID"});
  for (const std::string_view statement : statements) {
    CAPTURE(std::string(statement));
    CHECK(said_of(statement).empty());
  }
}

TEST_CASE("a table of another change is not new because a view, type or schema of its name is")
{
  CHECK(said_of("CREATE VIEW app.orders AS SELECT 1; DROP TABLE orders") == "critical");
  CHECK(said_of("CREATE SCHEMA IF NOT EXISTS app; DROP SCHEMA app CASCADE") == "critical");
  CHECK(said_of("CREATE OR REPLACE VIEW v AS SELECT 1; DROP VIEW v CASCADE") == "high");
}

TEST_CASE("a function that nothing defines is reported once for each file")
{
  CHECK(said_of("SELECT mystery(); SELECT mystery(); SELECT other(mystery())") == "medium medium");
  CHECK(said_of("CALL mystery()") == "medium");
  CHECK(said_of("INSERT INTO orders VALUES (mystery())") == "medium");
  CHECK(said_of("UPDATE orders SET note = mystery() WHERE id = 1") == "medium");
  CHECK(said_of("SELECT * FROM mystery() AS f") == "medium");
  CHECK(said_of("SELECT evil.lower('x')") == "medium");
  CHECK(said_of("SELECT lower('x'), now(), pg_catalog.upper('x'), app.known(), known()").empty());
  CHECK(said_of("SELECT extensions.uuid_generate_v4(), st_area(x), auth.uid(), cron.schedule('a', 'b', 'c')").empty());
  CHECK(said_of("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'select 1'; SELECT mine()").empty());
  CHECK(said_of("CREATE POLICY p ON orders USING (mystery())").empty());
  CHECK(said_of("CREATE TABLE n (id int DEFAULT mystery())").empty());
}

TEST_CASE("what a rule of its own reports is not reported twice, clause by clause")
{
  CHECK(test::places_of("ALTER TABLE orders ADD a int PRIMARY KEY, ADD UNIQUE (id)", history)
        == test::Places{"1:20 add-column-not-null-no-default", "1:43 unjudged-statement"});
}

TEST_CASE("a statement that is meant is allowed where it stands")
{
  const auto findings = judge({.earlier = history,
                               .change = {"-- sluice:allow[unjudged-statement] empty since 2.4\nTRUNCATE orders;"},
                               .options = {}});
  REQUIRE_FALSE(findings.found.empty());
  CHECK(findings.found[0].inline_allow.has_value());
}

TEST_CASE("code that a change defines and runs is a gap, and code that it only defines or that does nothing is none")
{
  const auto gaps = [](std::string_view change) {
    return judge({.earlier = history, .change = {std::string(change)}, .options = {}}).gaps.size();
  };
  const std::string define =
      "CREATE PROCEDURE fix() LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE orders DROP COLUMN note; END $$;";
  CHECK(gaps(define) == 0);
  CHECK(gaps(define + "CALL fix(); CALL fix();") == 1);
  CHECK(gaps("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'; SELECT f();") == 0);
  CHECK(gaps("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'delete from orders'; SELECT f();") == 1);
  CHECK(gaps("SELECT app.known();") == 0);
}

TEST_CASE("what comes with PostgreSQL or an extension is known by its name")
{
  for (const char* name : {"now", "nextval", "json_agg", "pg_sleep", "similarity", "dblink_exec", "uuidv7", "any_value",
                           "st_makepoint", "create_hypertable", "l2_distance"}) {
    CAPTURE(name);
    CHECK(is_known_function({"", name}));
  }
  CHECK(is_known_function({"pg_catalog", "lower"}));
  CHECK(is_known_function({"public", "similarity"}));
  CHECK(is_known_function({"partman", "anything"}));
  CHECK_FALSE(is_known_function({"public", "lower"}));
  CHECK_FALSE(is_known_function({"", "close_accounts"}));
  CHECK_FALSE(is_known_function({"app", "uid"}));
}

}  // namespace sluice::migrations
