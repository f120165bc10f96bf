// SPDX-License-Identifier: Apache-2.0
#include "scripts.hpp"

#include <doctest/doctest.h>

#include <array>

namespace sluice::migrations {

namespace {

const std::vector<std::string> history{
    "CREATE TABLE shop (id bigint PRIMARY KEY, note text, total int);"
    "CREATE FUNCTION public.wipe() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DROP TABLE shop; RETURN 1; END $$;"
    "CREATE FUNCTION old() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'x'; RETURN NEW; END $$;"
    "CREATE TRIGGER old BEFORE INSERT ON shop FOR EACH ROW EXECUTE FUNCTION old();"
    "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'x'; RETURN NEW; END $$;"
    "CREATE TRIGGER audit AFTER INSERT ON shop FOR EACH ROW EXECUTE FUNCTION audit();"};

std::vector<std::string>
gaps_of(const std::string& change)
{
  std::vector<std::string> all;
  for (const Gap& gap : test::judge({.earlier = history, .change = {change}, .options = {}}).gaps) {
    all.push_back(fmt::format("{} {}", gap.subject, gap.why));
  }
  return all;
}

std::size_t
count(const std::string& change)
{
  return gaps_of(change).size();
}

/// A function of the change with that body.
std::string
function(std::string_view body, std::string_view returns = "int", std::string_view arguments = "")
{
  return fmt::format("CREATE FUNCTION f({}) RETURNS {} LANGUAGE plpgsql AS $f$ BEGIN {} END $f$;\n", arguments, returns,
                     body);
}

}  // namespace

TEST_CASE("a function of the change that can do harm and runs without a call is a gap")
{
  constexpr std::array statements = std::to_array<std::string_view>(
      {"CREATE TABLE n (a int DEFAULT f())",
       "ALTER TABLE shop ADD COLUMN a int DEFAULT f()",
       "ALTER TABLE shop ALTER COLUMN total SET DEFAULT f()",
       "CREATE TABLE n (a int CHECK (f() = a))",
       "CREATE TABLE n (a int, b int GENERATED ALWAYS AS (f()) STORED)",
       "CREATE VIEW v AS SELECT f()",
       "CREATE MATERIALIZED VIEW v AS SELECT f()",
       "CREATE INDEX CONCURRENTLY i ON shop (f())",
       "CREATE INDEX CONCURRENTLY i ON shop (id) WHERE f() = 1",
       "CREATE DOMAIN d AS int CHECK (VALUE > f())",
       "CREATE POLICY p ON shop USING (f() = 1)",
       "CREATE AGGREGATE agg (int) (sfunc = f, stype = int)",
       "CREATE OPERATOR === (leftarg = int, rightarg = int, function = f)",
       "CREATE CAST (int AS text) WITH FUNCTION f(int)",
       "CREATE TRIGGER t BEFORE INSERT ON shop FOR EACH ROW EXECUTE FUNCTION f()",
       "CREATE TRIGGER t BEFORE INSERT ON shop FOR EACH ROW WHEN (f() = 1) EXECUTE FUNCTION old()",
       "CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()",
       "CREATE RULE r AS ON INSERT TO shop DO ALSO SELECT f()",
       "CREATE OPERATOR CLASS c FOR TYPE int USING btree AS FUNCTION 1 f(int, int)",
       "CREATE TYPE ty (input = f, output = f)",
       "CREATE TYPE r AS RANGE (subtype = int, canonical = f)",
       "CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f",
       "CREATE FOREIGN DATA WRAPPER w HANDLER f",
       "CREATE FUNCTION g(a int DEFAULT f()) RETURNS int LANGUAGE sql AS 'select 1'",
       "CREATE SCHEMA s CREATE VIEW v AS SELECT f()",
       "CREATE TABLE n (a int) PARTITION BY RANGE (f())",
       "ALTER TABLE shop ALTER COLUMN total TYPE bigint USING f()",
       "EXPLAIN SELECT f()",
       "PREPARE p AS SELECT f()",
       "EXECUTE p(f())",
       "SELECT shop.f FROM shop",
       "SELECT (shop).f FROM shop",
       "INSERT INTO shop SELECT s.f FROM shop s",
       "ALTER FUNCTION f() RENAME TO g; CREATE VIEW v AS SELECT g()",
       "CREATE SCHEMA s; ALTER FUNCTION f() SET SCHEMA s; CREATE VIEW v AS SELECT s.f()",
       "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'select f()'; CREATE VIEW v AS SELECT g()",
       "CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN \"f\"(); END $$; SELECT g()",
       "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT f(); END; SELECT g()",
       "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1'; SELECT f()"});
  for (const std::string_view statement : statements) {
    CAPTURE(std::string(statement));
    CHECK(count(function("DROP TABLE shop; RETURN 1;") + std::string(statement)) == 1);
    CHECK(count(function("RETURN 1;") + std::string(statement)) == 0);
  }
}

TEST_CASE("a function that runs already is a gap when the change makes its code harmful")
{
  CHECK(count("CREATE OR REPLACE FUNCTION old() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE shop; END $$")
        == 1);
  CHECK(count("CREATE OR REPLACE FUNCTION old() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM wipe(); END $$")
        == 1);
  CHECK(count("CREATE OR REPLACE FUNCTION old() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$") == 0);
  CHECK(count("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'; CREATE VIEW v AS SELECT f();"
              "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'delete from shop; select 1'")
        == 1);
}

TEST_CASE("what an earlier migration defines is not examined either, and what it attached runs already")
{
  CHECK(count("SELECT wipe()") == 1);
  CHECK(count("CREATE VIEW v AS SELECT wipe()") == 1);
  CHECK(count("CREATE TABLE n (id int); CREATE TRIGGER t AFTER INSERT ON n FOR EACH ROW EXECUTE FUNCTION audit()")
        == 0);
}

TEST_CASE("code that is defined or named and does not run is no gap")
{
  for (const char* statement :
       {"", "COMMENT ON FUNCTION f() IS 'x'", "GRANT EXECUTE ON FUNCTION f() TO app", "ALTER FUNCTION f() OWNER TO app",
        "DROP FUNCTION f()", "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'select f()'"}) {
    CAPTURE(statement);
    CHECK(count(function("DROP TABLE shop; RETURN 1;") + statement) == 0);
  }
}

TEST_CASE("code that reads, inserts and changes some rows does no harm")
{
  constexpr std::array bodies = std::to_array<std::string_view>(
      {"NEW.updated_at := now(); RETURN NEW;", "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
       "INSERT INTO audit (id, what) VALUES (NEW.id, TG_OP) ON CONFLICT (id) DO NOTHING; RETURN NEW;",
       "INSERT INTO counts VALUES (NEW.id, 1) ON CONFLICT (id) DO UPDATE SET n = counts.n + 1; RETURN NEW;",
       "UPDATE counts SET n = n + 1 WHERE id = NEW.id; RETURN NEW;",
       "UPDATE counts c SET n = c.n + 1 FROM shop s WHERE c.id = s.id AND s.id = NEW.id RETURNING c.n INTO STRICT n;",
       "DELETE FROM tokens WHERE owner = OLD.id AND used /* all of them */; RETURN OLD;",
       "WITH gone AS (DELETE FROM tokens WHERE owner = OLD.id RETURNING *) INSERT INTO log SELECT * FROM gone;",
       "INSERT INTO public.audit (id) SELECT a.id FROM public.audit a; RETURN NEW;",
       "PERFORM pg_notify('shop', NEW.id::text); RETURN NEW;",
       "PERFORM 1 FROM shop WHERE id = NEW.id FOR UPDATE; RETURN NEW;",
       "PERFORM 1 FROM shop WHERE id = NEW.id FOR NO KEY UPDATE; RETURN NEW;",
       "FOR r IN UPDATE counts SET n = 0 WHERE id = NEW.id RETURNING * LOOP RAISE NOTICE '%', r; END LOOP;",
       "RAISE EXCEPTION 'cannot drop or alter %', NEW.delete;"});
  for (const std::string_view body : bodies) {
    CAPTURE(std::string(body));
    CHECK(count(function(body, "trigger") + "CREATE TRIGGER t AFTER INSERT ON shop FOR EACH ROW EXECUTE FUNCTION f()")
          == 0);
  }
}

TEST_CASE("code that does more does harm, and so does what is in doubt")
{
  constexpr std::array bodies = std::to_array<std::string_view>(
      {"DELETE FROM shop; RETURN NEW;", "DELETE FROM shop WHERE true; RETURN NEW;",
       "DELETE FROM shop WHERE id IN (SELECT id FROM shop); RETURN NEW;", "UPDATE shop SET note = ''; RETURN NEW;",
       "WITH gone AS (DELETE FROM shop RETURNING *) SELECT count(*) INTO n FROM gone;",
       "MERGE INTO shop USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE;", "EXECUTE format('x'); RETURN NEW;",
       "DELETE FROM pg_class WHERE relname = 'shop';", "INSERT INTO pg_catalog.pg_class VALUES (1);",
       "UPDATE shop SET \xce\xb1 = WHERE;", "PERFORM lo_unlink(1);", "PERFORM dblink_exec('x', 'y');",
       "PERFORM U&\"\\0077ipe\"();", "PERFORM set_config('search_path', 'o', false);", "SET LOCAL search_path = o;",
       "PERFORM set_config('session_replication_role', 'replica', false);", "DO 'begin end';", "LOAD 'x';",
       "IMPORT FOREIGN SCHEMA s FROM SERVER x INTO y;"});
  for (const std::string_view body : bodies) {
    CAPTURE(std::string(body));
    CHECK(count(function(body, "trigger") + "CREATE TRIGGER t AFTER INSERT ON shop FOR EACH ROW EXECUTE FUNCTION f()")
          == 1);
  }
  CHECK(count("CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'be_lo_unlink'; SELECT f()") == 1);
  CHECK(count("CREATE FUNCTION f() RETURNS int LANGUAGE plperl AS 'x'; SELECT f()") == 1);
  CHECK(count("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM shop; SELECT 1; END; SELECT f()") == 1);
  CHECK(count("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM shop WHERE id = 1; SELECT 1; END; SELECT f()")
        == 0);
}

TEST_CASE("a long chain of calls is not followed to its end, and counts as harm")
{
  std::string chain = "CREATE FUNCTION f0() RETURNS int LANGUAGE sql AS 'select 1';\n";
  for (int i = 1; i < 400; ++i) {
    chain += fmt::format("CREATE FUNCTION f{}() RETURNS int LANGUAGE sql AS 'select f{}()';\n", i, i - 1);
  }
  CHECK(count(chain + "SELECT f100()") == 0);
  CHECK(count(chain + "SELECT f399()") == 1);
}

TEST_CASE("SQL text that is handed to a function is a gap unless it is written out and harmless")
{
  constexpr std::array unread = std::to_array<std::string_view>(
      {"SELECT dblink_exec('dbname=x', 'drop table shop')", "SELECT extensions.dblink('select ' || note) FROM shop",
       "SELECT query_to_xml('delete from shop returning 1', true, true, '')",
       "SELECT cron.schedule('x', '* * * * *', 'truncate shop')",
       "SELECT cron.schedule('x', '* * * * *', note) FROM shop",
       "SELECT cron.schedule(job_name => 'x', schedule => '* * * * *', command => 'truncate shop')",
       "SELECT * FROM crosstab('drop table shop') AS t(a int)", "SELECT * FROM ts_stat(current_setting('a'))",
       "INSERT INTO cron.job (schedule, command) VALUES ('* * * * *', 'truncate shop')",
       "CREATE VIEW v AS SELECT query_to_xml('select wipe()' || '', true, true, '')"});
  for (const std::string_view statement : unread) {
    CAPTURE(std::string(statement));
    CHECK(count(std::string(statement)) == 1);
  }
  CHECK(count("SELECT cron.schedule('x', '* * * * *', 'select wipe()')") == 1);
  constexpr std::array read = std::to_array<std::string_view>(
      {"SELECT cron.schedule('nightly-update', '0 3 * * *', $$delete from shop where note < now()::text$$)",
       "SELECT cron.schedule('0 3 * * *', $$select old_name()$$)",
       "SELECT * FROM crosstab('select 1, 2, 3', 'select 1') AS t(a int)",
       "SELECT * FROM dblink('dbname=x', 'select 1'::text) AS t(a int)",
       "SELECT * FROM ts_stat('select note from shop')"});
  for (const std::string_view statement : read) {
    CAPTURE(std::string(statement));
    CHECK(count(std::string(statement)) == 0);
  }
}

TEST_CASE("a gap says which function it is about")
{
  CHECK(
      gaps_of(function("DROP TABLE shop; RETURN 1;") + "CREATE VIEW v AS SELECT f()")
      == std::vector<std::string>{"migrations/002.sql:2 it lets f() run without a call, which a migration defines and "
                                  "whose code is not examined"});
  CHECK(gaps_of("SELECT dblink_exec('x', 'drop table shop')")
        == std::vector<std::string>{
            "migrations/002.sql:1 the SQL text that it gives to dblink_exec to run is not examined"});
}

}  // namespace sluice::migrations
