// SPDX-License-Identifier: Apache-2.0
//
// Backups that went wrong in the field without anybody being told, each against a real server.
#include "backup_shop.hpp"
#include "base/hash.hpp"
#include "promote/backup/backup.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sluice::promote::test {

using Kind = BackupOutcome::Kind;

TEST_CASE("a dump of each format is taken, restored and compared")
{
  for (const auto& [name, format] :
       {std::pair("app.dump", "custom"), {"app.sql", "plain"}, {"app.sql.gz", "plain-gzip"}}) {
    const std::string file = name;
    INFO(file);
    Shop shop;
    shop.setting.file = file;
    const BackupOutcome outcome = shop.take();
    INFO(outcome.why);
    REQUIRE(outcome.kind == Kind::proven);
    const BackupProof& proof = outcome.proof;
    CHECK(proof.file == file);
    CHECK(proof.format == format);
    CHECK(proof.sha256 == to_hex(sha256(shop.text(file))));
    CHECK(proof.bytes == shop.text(file).size());
    CHECK(proof.made == Shop::now);
    CHECK(proof.proven >= proof.made);
    CHECK(proof.database == shop.database);
    CHECK_FALSE(proof.server_version.empty());
    CHECK(proof.tables == 4);
    CHECK(proof.constraints == 5);
    CHECK(proof.rows == 1004);
    CHECK_FALSE(proof.empty);
    CHECK(proof.compared == BackupProof::Compared::with_source);
    CHECK(outcome.notes.empty());
    CHECK(shop.names() == std::set<std::string>{file});
    CHECK(Shop::leftovers().empty());
  }
}

TEST_CASE("schemas that are dumped alone, with the extension of another")
{
  for (const char* file : {"app.dump", "app.sql"}) {
    Shop shop;
    shop.run(
        "CREATE SCHEMA side; CREATE TABLE side.note (body public.citext); INSERT INTO side.note VALUES ('x'), ('y');"
        "CREATE SCHEMA \"a*b\"; CREATE TABLE \"a*b\".t (i int);");
    shop.setting.file = file;
    shop.setting.schemas = {"side", "a*b"};
    const BackupOutcome outcome = shop.take();
    INFO(outcome.why);
    REQUIRE(outcome.kind == Kind::proven);
    CHECK(outcome.proof.tables == 2);
    CHECK(outcome.proof.rows == 2);

    shop.setting.schemas = {"public"};
    const BackupOutcome of_public = shop.take();
    INFO(of_public.why);
    CHECK(of_public.kind == Kind::proven);
    CHECK(of_public.proof.tables == 4);

    shop.setting.schemas = {"gone"};
    CHECK(shop.is_refused("the dump failed: pg_dump"));
  }
}

TEST_CASE("a dump that is cut off is refused, whatever its format and wherever the cut is")
{
  for (const char* file : {"app.dump", "app.sql", "app.sql.gz"}) {
    Shop shop;
    shop.setting.file = file;
    REQUIRE(shop.take().kind == Kind::proven);
    const std::string whole = shop.text(file);
    shop.setting.dump = {"cp", "cut", "{file}"};
    for (const double part : {0.0, 0.02, 0.3, 0.5, 0.8, 0.95, 0.99}) {
      INFO(file, " ", part);
      shop.write("cut", whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * part)));
      CHECK(shop.is_refused("the dump " + std::string(file) + " "));
    }
    shop.write("cut", whole);
    CHECK(shop.take().kind == Kind::proven);
    CHECK(Shop::leftovers().empty());
  }
}

TEST_CASE("an error in the middle of a restore is no success")
{
  Shop shop;
  shop.setting.file = "app.sql";
  shop.dump_by("pg_dump -d \"$DB\" | sed 's/^COPY public.orders /COPY public.ordres /' > app.sql");
  CHECK(shop.is_refused("cannot be restored: "));
  shop.dump_by("pg_dump -d \"$DB\" | sed 's/PRIMARY KEY (id)/PRIMARY KEY (ids)/' > app.sql");
  CHECK(shop.is_refused("column \"ids\""));
}

TEST_CASE("what the dump leaves out is told by name")
{
  Shop shop;
  shop.setting.file = "app.sql";
  shop.dump_by("pg_dump -d \"$DB\" --exclude-table=public.notes > app.sql");
  CHECK(shop.is_refused("table public.notes is missing"));
  shop.dump_by("pg_dump -d \"$DB\" --section=pre-data --section=data > app.sql");
  CHECK(shop.is_refused("constraint orders_customer_fkey on public.orders is missing"));
  shop.dump_by("pg_dump -d \"$DB\" | sed '/^500\\t/d' > app.sql");
  CHECK(shop.is_refused("public.orders has 999 rows, not 1,000"));
  shop.dump_by("pg_dump -d \"$DB\" --schema-only > app.sql");
  CHECK(shop.is_refused("public.orders has 0 rows, not 1,000"));
  shop.dump_by("pg_dump -d \"$DB\" | sed 's/CHECK ((total >= 0))/CHECK ((total >= 1))/' > app.sql");
  CHECK(shop.is_refused("constraint orders_total_check on public.orders is `CHECK ((total >= 1))`, not"));
  CHECK(Shop::leftovers().empty());
}

TEST_CASE("a dump of another database is refused")
{
  const Shop other;
  other.run("DROP TABLE notes; CREATE TABLE elsewhere (id int);");
  Shop shop;
  shop.setting.file = "app.sql";
  shop.process["OTHER"] = other.setting.source;
  shop.dump_by("pg_dump -d \"$OTHER\" > app.sql");
  CHECK(shop.is_refused("does not give back what " + shop.database + " holds: table public.notes is missing"));
  CHECK(shop.is_refused("table public.elsewhere is not in the source"));
}

TEST_CASE("a dump whose command failed, wholly or in a pipe, or that wrote nothing")
{
  Shop shop;
  shop.setting.file = "app.sql.gz";
  shop.dump_by("echo 'ERROR: no such thing' >&2; exit 3");
  CHECK(shop.is_refused("the dump failed: sh: exit status 3: ERROR: no such thing"));
  shop.dump_by("pg_dump -d 'host=/nowhere' 2>/dev/null | gzip > app.sql.gz");
  CHECK(shop.is_refused("the dump app.sql.gz is empty"));
  shop.dump_by("(pg_dump -d \"$DB\" | head -n 120; exit 1) | gzip > app.sql.gz");
  CHECK(shop.is_refused("is cut off"));
  shop.dump_by("true");
  CHECK(shop.is_refused("ended with 0 and wrote no file app.sql.gz"));
  shop.setting.dump = {"/no/such/program"};
  const auto outcome = take_backup(shop.call());
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().kind == ErrorKind::environment);
}

TEST_CASE("roles and extensions are there before the dump is restored")
{
  Shop shop;
  shop.setting.file = "app.sql";
  shop.dump_by("pg_dump -d \"$DB\" | sed 's/notes OWNER TO postgres/notes OWNER TO \"made \"\" one\"/' > app.sql");
  const BackupOutcome outcome = shop.take();
  INFO(outcome.why);
  CHECK(outcome.kind == Kind::proven);
  CHECK(Shop::leftovers().empty());
  shop.dump_by(
      "pg_dump -d \"$DB\" | sed 's/EXTENSION IF NOT EXISTS citext/EXTENSION IF NOT EXISTS citext2/' > app.sql");
  CHECK(shop.is_refused("needs the extension citext2, which the scratch server does not have"));

  // In an archive, of a role that was there when it was dumped.
  shop.setting.dump.clear();
  shop.setting.file = "app.dump";
  shop.run("CREATE ROLE made_two; ALTER TABLE notes OWNER TO made_two; GRANT SELECT ON orders TO made_two");
  REQUIRE(shop.take().kind == Kind::proven);
  shop.run("ALTER TABLE notes OWNER TO postgres; DROP OWNED BY made_two; DROP ROLE made_two");
  shop.setting.source.clear();
  shop.set_age(std::chrono::seconds(0));
  CHECK(shop.take().kind == Kind::proven);
  CHECK(Shop::leftovers().empty());
}

TEST_CASE("a dump that would run programs, or lead to another database, is not restored")
{
  Shop shop;
  shop.setting.file = "app.sql";
  const std::string touch = "\\! touch " + (shop.directory.path() / "touched").string();
  shop.write("evil.sql", touch + "\n");
  shop.dump_by("{ cat evil.sql; pg_dump -d \"$DB\"; } > app.sql");
  CHECK(shop.is_refused("holds psql's command `\\!`"));
  // psql reads strings otherwise once this is set, which nobody can tell from the text.
  shop.write("evil.sql", "SELECT set_config('standard_conforming' || '_strings', 'off', false);\nSELECT 'a\\', ' "
                             + touch + "\n ';\n");
  shop.dump_by("{ cat evil.sql; pg_dump -d \"$DB\" | grep -v restrict; } > app.sql");
  CHECK(shop.is_refused("cannot be restored: "));
  CHECK_FALSE(shop.names().contains("touched"));
  shop.dump_by("pg_dump --create -d \"$DB\" > app.sql");
  CHECK(shop.is_refused("reaches beyond the database"));
  shop.dump_by("pg_dumpall -d \"$DB\" > app.sql");
  CHECK(shop.is_refused("reaches beyond the database"));
}

TEST_CASE("yesterday's dump is not taken for today's, nor written over")
{
  Shop shop;
  REQUIRE(shop.take().kind == Kind::proven);
  const std::string first = shop.text("app.dump");
  shop.dump_by("true");
  CHECK(shop.is_refused("wrote no file"));
  CHECK(shop.text("app.dump") == first);

  shop.setting.dump.clear();
  shop.run("INSERT INTO notes VALUES ('later')");
  const BackupOutcome outcome = shop.take();
  REQUIRE(outcome.kind == Kind::proven);
  CHECK(outcome.proof.rows == 1005);
  CHECK(shop.names().size() == 2);
  CHECK(std::any_of(shop.names().begin(), shop.names().end(),
                    [&](const std::string& name) { return name != "app.dump" && shop.text(name) == first; }));
}

TEST_CASE("retention comes after the proof, and spares what a release needs")
{
  Shop shop;
  shop.setting.keep = 1;
  const BackupProof first = shop.take().proof;
  shop.keep = {first.sha256};
  const BackupProof second = shop.take().proof;
  CHECK(shop.names().size() == 2);
  const BackupOutcome third = shop.take();
  CHECK(third.kind == Kind::proven);
  CHECK(third.notes.size() == (first.sha256 == second.sha256 ? 0U : 1U));
  const std::set<std::string> names = shop.names();
  CHECK(std::any_of(names.begin(), names.end(),
                    [&](const std::string& name) { return to_hex(sha256(shop.text(name))) == first.sha256; }));
  shop.keep.clear();
  shop.setting.scratch = "host=/nowhere";
  CHECK(shop.take().kind == Kind::unavailable);
  CHECK(std::includes(shop.names().begin(), shop.names().end(), names.begin(), names.end()));
}

TEST_CASE("a database that is empty by design is told from one that was lost")
{
  Shop shop;
  shop.run("TRUNCATE orders, customers, notes, \"od\"\"d\nname; \\! touch x\"");
  CHECK(shop.is_refused("holds 4 tables and not one row"));
  shop.setting.empty_by_design = true;
  const BackupOutcome outcome = shop.take();
  REQUIRE(outcome.kind == Kind::proven);
  CHECK(outcome.proof.empty);
  CHECK(outcome.proof.tables == 4);
  shop.run("INSERT INTO notes VALUES ('x')");
  CHECK_FALSE(shop.take().proof.empty);
}

TEST_CASE("a dump that something else made must be there, young and restorable")
{
  Shop shop;
  REQUIRE(shop.take().kind == Kind::proven);
  shop.setting.source.clear();
  shop.setting.max_age = std::chrono::hours(1);
  shop.set_age(std::chrono::minutes(59));
  const BackupOutcome outcome = shop.take();
  INFO(outcome.why);
  REQUIRE(outcome.kind == Kind::proven);
  CHECK(outcome.proof.compared == BackupProof::Compared::with_nothing);
  CHECK(outcome.proof.rows == 1004);
  CHECK(outcome.proof.made == Shop::now - std::chrono::minutes(59));
  shop.set_age(std::chrono::hours(3));
  CHECK(shop.is_refused("the dump app.dump is 3 h old, and `max_age` is 1 h"));
  shop.set_age(-std::chrono::hours(3));
  CHECK(shop.is_refused("yet to come"));
  shop.setting.file = "missing.dump";
  CHECK(shop.is_refused("missing.dump: there is no such file"));
}

TEST_CASE("what cannot be told is not refused")
{
  Shop shop;
  const std::string word = std::string("open") + "sesame";
  shop.setting.scratch = "host=/nowhere user=x password=" + word;
  BackupOutcome outcome = shop.take();
  CHECK(outcome.kind == Kind::unavailable);
  CHECK(outcome.why.find("scratch: cannot make a database at postgres at /nowhere: ") == 0);
  CHECK(outcome.why.find(word) == std::string::npos);
  CHECK(shop.names() == std::set<std::string>{"app.dump.unproven"});
  shop.setting.scratch = shop.setting.source;
  shop.setting.source = "host=/nowhere user=x dbname=shop password=" + word;
  outcome = shop.take();
  CHECK(outcome.kind == Kind::unavailable);
  CHECK(outcome.why.find("shop at /nowhere") != std::string::npos);
  CHECK(outcome.why.find(word) == std::string::npos);
  shop.tick = [] { return false; };
  CHECK(shop.take().kind == Kind::unavailable);
}

TEST_CASE("a setting that cannot prove anything is wrong")
{
  Shop shop;
  shop.setting.scratch.clear();
  const auto unproven = take_backup(shop.call());
  REQUIRE_FALSE(unproven);
  CHECK(unproven.error().kind == ErrorKind::config);
  CHECK(unproven.error().message.find("a backup that is not restored is not proven") != std::string::npos);
  shop.setting.scratch = "$SCRATCH_ADDRESS";
  CHECK(take_backup(shop.call()).error().message == "database_backup.scratch: the variable SCRATCH_ADDRESS is not set");
  shop.setting.scratch = shop.setting.source;
  shop.dump_by("true");
  shop.setting.source.clear();
  CHECK(take_backup(shop.call()).error().kind == ErrorKind::config);
}

TEST_CASE("when a restore is due")
{
  DatabaseBackup setting;
  CHECK_FALSE(overdue_drill(setting, std::nullopt, Shop::now));
  setting.drill_max_age = std::chrono::hours(24 * 30);
  CHECK(overdue_drill(setting, std::nullopt, Shop::now) == "no restore was ever proven");
  CHECK_FALSE(overdue_drill(setting, Shop::now - std::chrono::hours(24 * 30), Shop::now));
  CHECK(overdue_drill(setting, Shop::now - std::chrono::hours(24 * 31), Shop::now)
        == "the last restore was proven 31 d ago, and `drill_max_age` is 30 d");
}

}  // namespace sluice::promote::test
