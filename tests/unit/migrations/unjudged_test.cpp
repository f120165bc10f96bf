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

TEST_CASE("all rows are all rows, however the condition is written")
{
  constexpr std::array all = std::to_array<std::string_view>(
      {"id IN (SELECT id FROM orders)", "id = ANY (SELECT id FROM orders)",
       "id = ANY (ARRAY (SELECT o.id FROM orders o WHERE true))",
       "id IN (SELECT DISTINCT id FROM orders WHERE id IS NOT NULL)", "now() > '2000-01-01'", "null IS NULL",
       "coalesce(true)", "EXISTS (SELECT 1)", "EXISTS (SELECT FROM parts)",
       "EXISTS (SELECT 1 FROM parts p WHERE p.id > 0)", "(SELECT count(*) FROM orders) > 0",
       "(SELECT max(id) FROM orders) > 0", "note IS NULL OR note IS NOT NULL", "id IS NOT DISTINCT FROM id",
       "id LIKE '%'", "id IS NOT NULL AND now() > '2000-01-01'", "(1 = 1) IS TRUE", "length('x') = 1 OR id = 3"});
  for (const std::string_view condition : all) {
    CAPTURE(std::string(condition));
    CHECK(said_of("DELETE FROM orders WHERE " + std::string(condition)) == "critical");
  }
  constexpr std::array some = std::to_array<std::string_view>(
      {"id IN (SELECT id FROM orders WHERE note = 'x' LIMIT 1000)", "id IN (SELECT id FROM orders LIMIT 1000)",
       "id IN (SELECT max(id) FROM orders GROUP BY note)", "id IN (SELECT id FROM parts)",
       "id NOT IN (SELECT id FROM orders)", "EXISTS (SELECT 1 FROM parts WHERE parts.id = orders.id)",
       "EXISTS (SELECT 1 FROM parts p WHERE p.id = note)", "note < now()::text", "false", "1 = 2",
       "note IS NULL OR note = ''", "id IS DISTINCT FROM id", "note LIKE '%x%'", "CURRENT OF c"});
  for (const std::string_view condition : some) {
    CAPTURE(std::string(condition));
    CHECK(said_of("DELETE FROM orders WHERE " + std::string(condition)).empty());
  }
}

TEST_CASE("what opens up, breaks or runs code by other means than tables is reported")
{
  constexpr std::array statements = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"SET session_replication_role = replica", "high"},
      {"SET LOCAL session_replication_role TO 'replica'", "high"},
      {"SELECT set_config('session_replication_role', 'replica', false)", "high"},
      {"SELECT 1 WHERE set_config('Session_Replication_Role', 'replica', true) = ''", "high"},
      {"SELECT set_config('session_' || 'replication_role', 'replica', true)", "medium"},
      {"SET allow_system_table_mods = on", "critical"},
      {"SET zero_damaged_pages = on", "critical"},
      {"ALTER SYSTEM SET fsync = off", "high"},
      {"ALTER ROLE app SET default_transaction_read_only = on", "high"},
      {"ALTER ROLE app SET role = postgres", "high"},
      {"ALTER ROLE app SET search_path = evil", "medium"},
      {"ALTER DATABASE shop SET default_transaction_read_only TO on", "high"},
      {"ALTER DATABASE shop SET session_replication_role = replica", "high"},
      {"DELETE FROM pg_class WHERE relname = 'orders'", "critical"},
      {"UPDATE pg_catalog.pg_attribute SET attisdropped = true WHERE attrelid = 1", "critical"},
      {"INSERT INTO pg_proc VALUES (1)", "critical"},
      {"COPY pg_authid FROM STDIN", "critical"},
      {"GRANT postgres TO anon", "high"},
      {"GRANT pg_execute_server_program TO app", "high"},
      {"GRANT reader TO app WITH ADMIN OPTION", "high"},
      {"GRANT reader TO app", "medium"},
      {"REVOKE reader FROM app", "medium"},
      {"CREATE ROLE x IN ROLE postgres", "high"},
      {"GRANT ALL ON orders TO anon", "high"},
      {"GRANT INSERT ON orders TO app, anon", "high"},
      {"GRANT SELECT ON ALL TABLES IN SCHEMA public TO anon", "medium"},
      {"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon", "high"},
      {"CREATE SCHEMA s GRANT ALL ON s.v TO anon", "high"},
      {"REVOKE ALL ON orders FROM app", "medium"},
      {"ALTER ROLE app NOLOGIN", "high"},
      {"ALTER ROLE app CREATEROLE", "high"},
      {"ALTER ROLE app CONNECTION LIMIT 0", "medium"},
      {"ALTER ROLE app PASSWORD NULL", "medium"},
      {"ALTER PUBLICATION p DROP TABLE orders", "medium"},
      {"ALTER PUBLICATION p SET TABLE parts", "medium"},
      {"ALTER PUBLICATION p SET (publish = 'insert')", "medium"},
      {"DROP PUBLICATION p", "medium"},
      {"ALTER SUBSCRIPTION s DISABLE", "medium"},
      {"PREPARE TRANSACTION 'x'", "high"},
      {"COMMIT PREPARED 'x'", "high"},
      {"ROLLBACK PREPARED 'x'", "high"},
      {"CREATE FUNCTION c() RETURNS int LANGUAGE c AS 'x', 'y'", "high"},
      {"CREATE FUNCTION c() RETURNS int LANGUAGE plpython3u AS 'x'", "high"},
      {"CREATE EXTENSION plperlu", "high"},
      {"CREATE EXTENSION IF NOT EXISTS file_fdw", "medium"},
      {"CREATE LANGUAGE x HANDLER y", "high"},
      {"REASSIGN OWNED BY app TO postgres", "high"},
      {"ALTER TABLE orders OWNER TO app", "medium"},
      {"ALTER SCHEMA app OWNER TO x", "medium"},
      {"ALTER TABLE orders ENABLE REPLICA TRIGGER t", "medium"},
      {"CREATE TABLE n (a int); CREATE RULE r AS ON INSERT TO n DO ALSO DELETE FROM orders", "critical"},
      {"CREATE TABLE n (a int); CREATE RULE r AS ON INSERT TO n DO ALSO (UPDATE orders SET note = ''; SELECT 1)",
       "high"},
  });
  for (const auto& each : statements) {
    CAPTURE(std::string(each.first));
    CHECK(said_of(each.first) == each.second);
  }
}

TEST_CASE("a function that comes with PostgreSQL or an extension can do harm as well")
{
  constexpr std::array statements = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"SELECT lo_unlink(oid) FROM pg_largeobject_metadata", "critical"},
      {"SELECT pg_catalog.pg_drop_replication_slot('a')", "critical"},
      {"SELECT pg_promote()", "critical"},
      {"SELECT pg_terminate_backend(pid) FROM pg_stat_activity", "high"},
      {"SELECT drop_chunks('orders', interval '1 day')", "critical"},
      {"SELECT public.DropGeometryTable('orders')", "critical"},
      {"SELECT partman.drop_partition_time('public.orders')", "critical"},
      {"SELECT partman.drop_anything('public.orders')", "high"},
      {"SELECT heap_force_kill('orders'::regclass, ARRAY['(0,1)']::tid[])", "critical"},
      {"SELECT pgmq.purge_queue('jobs')", "critical"},
      {"SELECT add_retention_policy('orders', interval '1 day')", "high"},
      {"CALL run_maintenance_proc()", "medium"},
      {"CREATE TABLE n (a int DEFAULT lo_unlink(1))", "critical"},
  });
  for (const auto& each : statements) {
    CAPTURE(std::string(each.first));
    CHECK(said_of(each.first) == each.second);
  }
  CHECK(said_of("SELECT pgmq.delete('jobs', 1), setval('s', 1), set_config('app.user', 'x', true)").empty());
  CHECK(said_of("CREATE FUNCTION app.drop_chunks() RETURNS int LANGUAGE sql AS 'select 1'; SELECT app.drop_chunks()")
            .empty());
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
       "ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID",
       "SET session_replication_role = origin; RESET session_replication_role; SET row_security = off",
       "SET statement_timeout = 0; SET check_function_bodies = false; SELECT pg_catalog.set_config('search_path', '', "
       "false)",
       "ALTER ROLE app SET statement_timeout = '5s'; ALTER ROLE app RESET default_transaction_read_only",
       "CREATE ROLE reader NOLOGIN; GRANT reader TO app; ALTER ROLE reader SET search_path = app",
       "CREATE TABLE n (id int); ALTER TABLE n OWNER TO app; GRANT ALL ON TABLE n TO anon; REVOKE ALL ON n FROM anon",
       "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'select 1'; GRANT EXECUTE ON FUNCTION g() TO anon",
       "GRANT USAGE ON SCHEMA app TO anon",
       "REVOKE EXECUTE ON FUNCTION app.known() FROM PUBLIC",
       "ALTER PUBLICATION supabase_realtime ADD TABLE orders",
       "CREATE TABLE n (id uuid DEFAULT gen_random_uuid(), at timestamptz DEFAULT now())",
       "CREATE TABLE n (id int); CREATE RULE r AS ON UPDATE TO n DO INSTEAD UPDATE orders SET note = '' WHERE id = "
       "NEW.id",
       "CREATE POLICY p ON orders USING (auth.uid()::text = note)",
       "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$; "
       "CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
       "SELECT setval('orders_id_seq', (SELECT max(id) FROM orders))"});
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
