// SPDX-License-Identifier: Apache-2.0
//
// What a backup must not be refused for: everything that a database may hold comes back as it was.
#include "backup_shop.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <vector>

namespace sluice::promote::test {

using Kind = BackupOutcome::Kind;

namespace {

constexpr std::string_view rich = R"sql(
CREATE EXTENSION btree_gist;
CREATE EXTENSION postgres_fdw;
CREATE SCHEMA "Odd schema";
CREATE DOMAIN amount AS numeric(12, 2) CHECK (VALUE >= 0) CHECK (VALUE::text <> ALL (ARRAY['1'::varchar, '2']));
CREATE TYPE pair AS (a int, b text);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TABLE parent (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, made timestamptz DEFAULT '2026-01-02 03:04:05+01',
  name varchar(20) COLLATE "C" DEFAULT 'x'::varchar, price amount DEFAULT 1.5, twice text GENERATED ALWAYS AS (name || '!') STORED,
  CHECK (name IN ('x', 'y', 'z') OR (name)::text = ANY (ARRAY['q'::varchar, 'r']::text[])), wait interval DEFAULT '1 day 2 h');
CREATE TABLE child (extra pair, kind public.state) INHERITS (parent);
CREATE TABLE events (at date NOT NULL, id int NOT NULL, parent int REFERENCES parent, note varchar CHECK (note IN ('a', 'b')),
  PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (id int NOT NULL, note varchar CONSTRAINT events_note_check CHECK (note IN ('a', 'b')), parent int,
  at date NOT NULL);
ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY LIST (id);
CREATE TABLE events_rest_a PARTITION OF events_rest FOR VALUES IN (1, -1);
CREATE TABLE refers (at date, id int, FOREIGN KEY (at, id) REFERENCES events);
CREATE INDEX ON events (lower(note)) WHERE note IN ('a', 'b');
CREATE INDEX lonely ON ONLY events (parent);
CREATE TABLE booked (room int, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE UNLOGGED TABLE "Odd schema"."Tab	le""" ("Col umn" int UNIQUE DEFERRABLE INITIALLY DEFERRED, "b\n" text);
ALTER TABLE booked ADD CONSTRAINT later CHECK (room > 0) NOT VALID;
CREATE VIEW seen WITH (security_barrier) AS SELECT p.*, e.note FROM parent p LEFT JOIN events e ON e.parent = p.id
  WHERE e.note IN ('a', 'b') OR p.name::text LIKE 'x%';
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM events;
CREATE MATERIALIZED VIEW never AS SELECT 1 AS one WITH NO DATA;
CREATE UNIQUE INDEX ON counted (n);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NEW; /* \! */ END $f$;
CREATE FUNCTION body(y int, OUT x int) BEGIN ATOMIC SELECT CASE WHEN y > 0 THEN 1 ELSE 2 END; END;
CREATE PROCEDURE nothing() LANGUAGE sql AS '';
CREATE AGGREGATE all_of(int) (SFUNC = array_append, STYPE = int[]);
CREATE FUNCTION quiet() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE TRIGGER touched BEFORE UPDATE OF note ON events FOR EACH ROW WHEN (NEW.note IN ('a', 'b')) EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON booked DEFERRABLE FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE booked DISABLE TRIGGER slow;
ALTER TABLE booked ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON booked FOR UPDATE USING (room = ANY (ARRAY[1, 2])) WITH CHECK (room IN (1, 2));
CREATE RULE no_delete AS ON DELETE TO refers DO INSTEAD NOTHING;
CREATE STATISTICS stats ON id, parent FROM events;
CREATE SEQUENCE counter AS smallint INCREMENT 5 CYCLE;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'nowhere');
CREATE FOREIGN TABLE away (id int, body text) SERVER far;
CREATE USER MAPPING FOR PUBLIC SERVER far;
SET client_min_messages = error;
CREATE PUBLICATION everything FOR ALL TABLES;
CREATE EVENT TRIGGER watcher ON ddl_command_end WHEN TAG IN ('DROP FUNCTION') EXECUTE FUNCTION quiet();
INSERT INTO parent (name) SELECT 'x' FROM generate_series(1, 10);
INSERT INTO child (id, name) VALUES (1, 'y'), (2, 'z');
INSERT INTO events SELECT '2025-06-01'::date + i, i, 1, 'a' FROM generate_series(1, 400) AS i;
INSERT INTO refers SELECT at, id FROM events;
INSERT INTO "Odd schema"."Tab	le""" VALUES (1, E'\\.\n'), (2, NULL);
SELECT FROM lo_create(0);
)sql";

/// Of all that run now.
std::vector<std::string>
words_of_programs()
{
  std::vector<std::string> all;
  std::error_code ended;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ended)) {
    if (auto words = read_file(entry.path() / "cmdline")) {
      all.push_back(std::move(*words));
    }
  }
  return all;
}

}  // namespace

TEST_CASE("everything that a database may hold comes back as it was")
{
  Shop shop;
  shop.run(rich);
  for (const char* file : {"rich.dump", "rich.sql", "rich.sql.gz"}) {
    shop.setting.file = file;
    const BackupOutcome outcome = shop.take();
    INFO(outcome.why);
    CHECK(outcome.kind == Kind::proven);
    CHECK(outcome.proof.rows == 1004 + 12 + 400 + 400 + 2 + 1);
  }
}

TEST_CASE("formats that a command may write")
{
  Shop shop;
  shop.dump_by("pg_dump -Ft -d \"$DB\" -f \"$SLUICE_BACKUP_FILE\"");
  shop.setting.file = "backups/app-{time}.tar";
  BackupOutcome outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.proof.format == "tar");
  CHECK(outcome.proof.file == "backups/app-20261121T040506Z.tar");
  shop.setting.file = "app.gz";
  shop.setting.dump = {"sh", "-c", "pg_dump -Fc -d \"$DB\" | gzip > \"$0\"", "{file}"};
  outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.proof.format == "custom");
  shop.dump_by("pg_dump --inserts -d \"$DB\" | gzip > app.gz");
  outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.proof.format == "plain-gzip");
  shop.dump_by("pg_dump -d \"$DB\" | gzip | gzip > app.gz");
  CHECK(shop.is_refused("is packed twice"));
  shop.dump_by("pg_dump -Fd -d \"$DB\" -f app.gz");
  CHECK(shop.is_refused("is no file"));
}

TEST_CASE("databases of other encodings")
{
  Shop shop;
  (void)server().run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
  CHECK(server()
            .run("CREATE TABLE \"Gr\xC3\xB6"
                 "sse\" (body text); INSERT INTO \"Gr\xC3\xB6sse\" VALUES ('\xC3\xBC')",
                 "latin")
            .empty());
  (void)server().run("CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0");
  CHECK(server().run("CREATE TABLE t (body text); INSERT INTO t VALUES (E'no UTF-8: \\xFF')", "bytes").empty());
  for (const char* database : {"latin", "bytes"}) {
    shop.setting.source =
        fmt::format("host={} user=postgres dbname={}", server().socket_directory().string(), database);
    for (const char* file : {"app.dump", "app.sql"}) {
      shop.setting.file = file;
      const BackupOutcome outcome = shop.take();
      INFO(outcome.why);
      CHECK(outcome.kind == Kind::proven);
      CHECK(outcome.proof.rows == 1);
    }
  }
}

TEST_CASE("writers go on while pg_dump works, and its rows are still counted exactly")
{
  Shop shop;
  // Before each program that is run, so also between the snapshot and the dump of it, and while it runs.
  shop.tick = [&shop] {
    shop.run("INSERT INTO notes SELECT 'more' FROM generate_series(1, 10); DELETE FROM orders WHERE id IN "
             "(SELECT max(id) FROM orders)");
    return true;
  };
  BackupOutcome outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.kind == Kind::proven);

  shop.setting.file = "app.sql";
  shop.dump_by("pg_dump -d \"$DB\" > app.sql");
  outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.kind == Kind::proven);
}

TEST_CASE("a migration while a command dumps is one of two states")
{
  Shop shop;
  shop.setting.file = "app.sql";
  shop.dump_by("psql -Xqd \"$DB\" -c 'CREATE TABLE fresh (id int)' && pg_dump -d \"$DB\" > app.sql");
  const BackupOutcome outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.kind == Kind::proven);
  shop.dump_by("pg_dump -d \"$DB\" > app.sql; psql -Xqd \"$DB\" -c 'DROP TABLE fresh; DROP TABLE notes'");
  CHECK(shop.take().kind == Kind::proven);
}

TEST_CASE("who restores needs no more than to make databases")
{
  Shop shop;
  shop.run("CREATE ROLE made_maker LOGIN CREATEDB");
  shop.setting.scratch = "host=" + server().socket_directory().string() + " user=made_maker dbname=postgres";
  const BackupOutcome outcome = shop.take();
  shop.run("DROP ROLE made_maker");
  INFO(outcome.why);
  CHECK(outcome.kind == Kind::proven);
}

TEST_CASE("a scratch database that a killed run left is removed days later")
{
  const Shop shop;
  const std::string old = "sluice_proof_20250101000000_0123456789abcdef";
  const std::string young = "sluice_proof_99990101000000_0123456789abcdef";
  CHECK(server().run("CREATE DATABASE " + old).empty());
  CHECK(server().run("CREATE DATABASE " + young).empty());
  CHECK(shop.take().kind == Kind::proven);
  CHECK(Shop::leftovers().empty());
  CHECK(server().run("DROP DATABASE " + young).empty());
}

TEST_CASE("what does not end in time is given up")
{
  Shop shop;
  shop.setting.timeout = std::chrono::seconds(1);
  shop.setting.dump = {"sleep", "600"};
  const BackupOutcome outcome = shop.take();
  CHECK(outcome.kind == Kind::unavailable);
  CHECK(outcome.why.find("sleep: did not end within 1 s") != std::string::npos);
}

TEST_CASE("a promotion that is stopped ends what runs, and leaves nothing behind")
{
  Shop shop;
  shop.tick = [&shop] { return !shop.names().contains("begun"); };
  shop.dump_by("touch begun; sleep 600 > app.dump");
  const BackupOutcome outcome = shop.take();
  CHECK(outcome.kind == Kind::unavailable);
  CHECK(outcome.why == "sh: was ended, for the promotion was stopped");
  CHECK(shop.names() == std::set<std::string>{"begun"});
  CHECK(Shop::leftovers().empty());
}

TEST_CASE("nobody on the machine sees a password among the words of a program")
{
  Shop shop;
  const std::string word = std::string("open") + "sesame";
  shop.setting.source += " password=" + word;
  shop.process["SCRATCH"] = shop.setting.scratch + " password=" + word;
  shop.setting.scratch = "$SCRATCH";
  std::size_t ours = 0;
  bool is_seen = false;
  shop.tick = [&] {
    for (const std::string& words : words_of_programs()) {
      ours += words.find("application_name=sluice") != std::string::npos ? 1U : 0U;
      is_seen = is_seen || words.find(word) != std::string::npos;
    }
    return true;
  };
  CHECK(shop.take().kind == Kind::proven);
  CHECK(ours > 0);  // psql, which holds the snapshot, while pg_dump is about to be run
  CHECK_FALSE(is_seen);
}

TEST_CASE("hundreds of tables are counted in few queries")
{
  Shop shop;
  shop.run(
      "DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('CREATE TABLE %I (id int); INSERT INTO %I VALUES (1), (2)', "
      "'t''able ' || i, 't''able ' || i); END LOOP; END $$");
  const BackupOutcome outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.proof.tables == 304);
  CHECK(outcome.proof.rows == 1604);
}

}  // namespace sluice::promote::test
