// SPDX-License-Identifier: Apache-2.0
//
// What is new in a change, over real repositories: a file that is edited, moved, renamed, re-encoded, joined with
// others or put into another order brings nothing that databases have not run, and hides nothing that they have.
#include "change_project.hpp"
#include "migrations/gate.hpp"
#include "migrations/novelty.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace sluice::migrations {

namespace {

using test::ChangeProject;
using Texts = std::vector<std::string>;

const std::string timeout = "SET lock_timeout = '5s';\n";
const std::string make_orders = "CREATE TABLE orders (id int, note varchar(10));\n";
const std::string make_index = "CREATE INDEX orders_id ON orders (id);\n";
const std::string drop_note = timeout + "ALTER TABLE orders DROP COLUMN note;\n";

/// The base has a table with an index in two files.
std::string
commit_base(ChangeProject& project)
{
  project.git.write("migrations/0001_orders.sql", make_orders);
  project.git.write("migrations/0002_index.sql", make_index);
  return project.git.commit("base");
}

void
move(ChangeProject& project, const std::string& from, const std::string& to)
{
  namespace fs = std::filesystem;
  fs::create_directories((project.git.path() / to).parent_path());
  fs::rename(project.git.path() / from, project.git.path() / to);
}

}  // namespace

TEST_CASE("a comment, another layout or other line ends are no edit")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.write("migrations/0001_orders.sql",
                    "-- ticket 7\ncreate table orders(id int,\r\n  note varchar(10));\r\n");
  project.git.commit("migrations/0002_index.sql", make_index + "-- why\n", "comments");
  const Findings findings = project.run_since(base);
  CHECK(findings.found.empty());
  CHECK(findings.gaps.empty());
  REQUIRE(findings.absence.has_value());
  CHECK(findings.absence->kind == Absence::Kind::nothing_to_do);
}

TEST_CASE("an edited merged migration is a finding, and its tables stay old")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.commit("migrations/0001_orders.sql", "CREATE TABLE orders (id bigint, note varchar(10));\n", "edit");
  CHECK(project.rules_since(base) == Texts{"migrations/0001_orders.sql:1 edited-migration"});
  project.git.commit("migrations/0001_orders.sql", make_orders + drop_note, "more");
  CHECK(project.rules_since(base)
        == Texts{"migrations/0001_orders.sql:3 edited-migration", "migrations/0001_orders.sql:3 drop-column"});
}

TEST_CASE("a merged migration that loses a statement is edited too, and one that only gains a SET is not")
{
  ChangeProject project;
  const std::string base = project.git.commit("migrations/1.sql", make_orders + make_index, "base");
  project.git.commit("migrations/1.sql", make_orders, "lose");
  CHECK(project.rules_since(base) == Texts{"migrations/1.sql:1 edited-migration"});
  project.git.commit("migrations/1.sql", timeout + make_orders + make_index, "set");
  CHECK(project.rules_since(base).empty());
}

TEST_CASE("a file that its tool runs whenever it changes may be edited")
{
  ChangeProject project;
  const std::string base =
      project.git.commit("migrations/R__views.sql", "CREATE OR REPLACE VIEW v AS SELECT 1;", "base");
  project.git.commit("migrations/R__views.sql", "CREATE OR REPLACE VIEW v AS SELECT 1, 2;", "edit");
  CHECK(project.rules_since(base).empty());
}

TEST_CASE("a moved directory brings nothing new, and its tables stay old")
{
  for (const char* directory : {"db/migrations", "supabase/migrations"}) {
    CAPTURE(directory);
    ChangeProject project;
    const std::string base = commit_base(project);
    move(project, "migrations/0001_orders.sql", std::string(directory) + "/0001_orders.sql");
    move(project, "migrations/0002_index.sql", std::string(directory) + "/0002_index.sql");
    project.git.commit("move");
    CHECK(project.rules_since(base).empty());
    project.git.commit(std::string(directory) + "/0003_drop.sql", drop_note, "drop");
    CHECK(project.rules_since(base) == Texts{std::string(directory) + "/0003_drop.sql:2 drop-column"});
  }
}

TEST_CASE("a file that is moved and edited at once is the one that it was")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  move(project, "migrations/0001_orders.sql", "db/migrations/0001_orders.sql");
  move(project, "migrations/0002_index.sql", "db/migrations/0002_index.sql");
  project.git.commit("db/migrations/0001_orders.sql", "CREATE TABLE orders (id bigint, note text);\n" + drop_note,
                     "edit");
  CHECK(project.rules_since(base)
        == Texts{"db/migrations/0001_orders.sql:1 edited-migration", "db/migrations/0001_orders.sql:3 drop-column"});
}

TEST_CASE("a renamed file keeps its tables old, and is told to run again under another version")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  move(project, "migrations/0001_orders.sql", "migrations/0001_make_orders.sql");
  project.git.commit("migrations/0003_drop.sql", drop_note, "rename and drop");
  CHECK(project.rules_since(base) == Texts{"migrations/0003_drop.sql:2 drop-column"});
  move(project, "migrations/0002_index.sql", "migrations/0009_index.sql");
  project.git.commit("another version");
  CHECK(project.rules_since(base)
        == Texts{"migrations/0003_drop.sql:2 drop-column", "migrations/0009_index.sql:1 edited-migration"});
}

TEST_CASE("migrations that became one file bring nothing new but what they did not say")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.git({"rm", "--quiet", "migrations/0001_orders.sql", "migrations/0002_index.sql"});
  project.git.commit("migrations/0000_squashed.sql", make_orders + make_index, "squash");
  CHECK(project.rules_since(base) == Texts{"migrations/0000_squashed.sql:1 edited-migration"});
  project.git.commit("migrations/0000_squashed.sql", make_orders + make_index + drop_note, "more");
  CHECK(project.rules_since(base)
        == Texts{"migrations/0000_squashed.sql:1 edited-migration", "migrations/0000_squashed.sql:4 drop-column"});
}

TEST_CASE("a squash that says the same in other words makes no table new")
{
  ChangeProject project;
  project.git.write("migrations/1.sql", "CREATE TABLE orders (id int);");
  const std::string base = project.git.commit("migrations/2.sql", "ALTER TABLE orders ADD COLUMN note text;", "base");
  project.git.git({"rm", "--quiet", "migrations/1.sql", "migrations/2.sql"});
  project.git.commit("migrations/0.sql", "CREATE TABLE orders (id int, note text);" + drop_note, "squash");
  const Texts rules = project.rules_since(base);
  CHECK(std::find(rules.begin(), rules.end(), "migrations/0.sql:2 drop-column") != rules.end());
}

TEST_CASE("what destroys under another name destroys again")
{
  ChangeProject project;
  project.git.write("migrations/1.sql", make_orders);
  const std::string base = project.git.commit("migrations/2.sql", timeout + "TRUNCATE orders;\n", "base");
  move(project, "migrations/2.sql", "migrations/3.sql");
  project.git.commit("again");
  CHECK(project.rules_since(base)
        == Texts{"migrations/3.sql:1 edited-migration", "migrations/3.sql:2 unjudged-statement"});
}

TEST_CASE("what destroys under another name of the same version destroys again for tools that go by names")
{
  ChangeProject project;
  project.git.write("migrations/1.sql", make_orders);
  const std::string base = project.git.commit("migrations/2_a.sql", timeout + "TRUNCATE orders;\n", "base");
  move(project, "migrations/2_a.sql", "migrations/2_b.sql");
  project.git.commit("again");
  CHECK(project.rules_since(base) == Texts{"migrations/2_b.sql:2 unjudged-statement"});
}

TEST_CASE("a draft that is moved among the migrations is new, and so is a file that its tool did not run")
{
  ChangeProject project;
  project.git.write("migrations/1.sql", make_orders);
  project.git.write("migrations/2.up.sql", "SELECT 1;");
  project.git.write("migrations/2.down.sql", drop_note);
  const std::string base = project.git.commit("docs/3_drop.sql", drop_note, "base");
  move(project, "docs/3_drop.sql", "migrations/3_drop.sql");
  move(project, "migrations/2.down.sql", "migrations/4.sql");
  project.git.commit("run them");
  CHECK(project.rules_since(base) == Texts{"migrations/3_drop.sql:2 drop-column", "migrations/4.sql:2 drop-column"});
}

TEST_CASE("a directory of a name of its own that is moved as a whole brings nothing new")
{
  ChangeProject project;
  project.git.write("changes/1.sql", make_orders);
  const std::string base = project.git.commit("changes/2.sql", make_index, "base");
  move(project, "changes/1.sql", "schema/changes/1.sql");
  move(project, "changes/2.sql", "schema/changes/2.sql");
  project.git.commit("schema/changes/3.sql", drop_note, "move");
  MigrationsOptions options;
  options.paths = {"schema/changes"};
  const Findings findings = project.run_since(base, options);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].rule->id == "drop-column");
}

TEST_CASE("files in another order are those that were there")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  move(project, "migrations/0001_orders.sql", "migrations/0005_orders.sql");
  project.git.commit("migrations/0003_drop.sql", drop_note, "orders comes last");
  const Texts rules = project.rules_since(base);
  CHECK(std::find(rules.begin(), rules.end(), "migrations/0003_drop.sql:2 drop-column") != rules.end());
}

TEST_CASE("a new file before all others meets the database that ran them")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.commit("migrations/0000_drop.sql", drop_note, "first by name");
  CHECK(project.rules_since(base) == Texts{"migrations/0000_drop.sql:2 drop-column"});
}

TEST_CASE("writing a statement a second time is new")
{
  ChangeProject project;
  project.git.write("migrations/1.sql", make_orders);
  project.git.write("migrations/2.sql", drop_note);
  const std::string base = project.git.commit("migrations/3.sql", "ALTER TABLE orders ADD COLUMN note text;", "base");
  project.git.commit("migrations/4.sql", drop_note, "once more");
  CHECK(project.rules_since(base) == Texts{"migrations/4.sql:2 drop-column"});
}

TEST_CASE("files that git checks out otherwise than it stores them are those that it stores")
{
  ChangeProject project;
  const std::string body = make_orders + "-- $Id$\nINSERT INTO orders (note) VALUES ('$Id$');\n";
  project.git.write("migrations/1.sql", body);
  const std::string base = project.git.commit("migrations/2.sql", make_index, "base");
  project.git.write(".gitattributes",
                    "migrations/1.sql ident eol=crlf\nmigrations/2.sql working-tree-encoding=UTF-16\n");
  project.git.git({"add", ".gitattributes"});
  project.git.git({"commit", "--quiet", "--message", "attributes"});
  std::filesystem::remove(project.git.path() / "migrations/1.sql");
  std::filesystem::remove(project.git.path() / "migrations/2.sql");
  project.git.git({"checkout", "--", "migrations"});
  const std::string crlf = read_file(project.git.path() / "migrations/1.sql").value();
  REQUIRE(crlf.find("\r\n") != std::string::npos);
  REQUIRE(crlf.find("$Id: ") != std::string::npos);
  REQUIRE(read_file(project.git.path() / "migrations/2.sql").value().find('\0') != std::string::npos);

  const Findings findings = project.run_since(base);
  CHECK(findings.found.empty());
  CHECK(findings.gaps.empty());
  project.git.commit("migrations/3.sql", drop_note, "drop");
  CHECK(project.rules_since(base) == Texts{"migrations/3.sql:2 drop-column"});
}

TEST_CASE("an encoding that nobody can read is a gap, not silence")
{
  ChangeProject project;
  const std::string base = project.git.commit("migrations/1.sql", make_orders, "base");
  project.git.write(".gitattributes", "migrations/2.sql working-tree-encoding=EBCDIC-US\n");
  project.git.write("migrations/2.sql", std::string("\xC1\xD3\xE3\xC5\xD9\0", 6));
  const Findings findings = project.run_since(base);
  REQUIRE(findings.gaps.size() == 1);
  CHECK(findings.gaps[0].subject == "migrations/2.sql");
}

TEST_CASE("IF NOT EXISTS, a failing CREATE and a rename onto a table leave the one in use as it is")
{
  for (const char* change :
       {"CREATE TABLE IF NOT EXISTS orders (id int, note text);", "CREATE TABLE orders (note text);",
        "CREATE TABLE fresh (note text); ALTER TABLE fresh RENAME TO orders;",
        "CREATE TABLE other.orders (note text); ALTER TABLE other.orders SET SCHEMA public;"}) {
    CAPTURE(change);
    ChangeProject project;
    const std::string base = commit_base(project);
    project.git.commit("migrations/3.sql", std::string(change) + "\n" + drop_note, "change");
    CHECK(project.rules_since(base) == Texts{"migrations/3.sql:3 drop-column"});
  }
}

TEST_CASE("a temporary table hides the one in use from its own session and no longer")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.write("migrations/3.sql", "CREATE TEMP TABLE orders (note text);\n" + drop_note
                                            + "ALTER TABLE public.orders DROP COLUMN note;\nDROP TABLE orders;\n");
  project.git.commit("migrations/4.sql", drop_note, "change");
  CHECK(project.rules_since(base) == Texts{"migrations/3.sql:4 drop-column", "migrations/4.sql:2 drop-column"});
  project.git.write("migrations/3.sql", "CREATE TABLE pg_temp.t (i int); ALTER TABLE pg_temp.t RENAME TO orders;");
  project.git.commit("another way to make one");
  CHECK(project.rules_since(base) == Texts{"migrations/4.sql:2 drop-column"});
  project.git.git({"rm", "--quiet", "migrations/4.sql"});
  project.git.commit("migrations/3.sql", "CREATE TEMP TABLE orders (i int) ON COMMIT DROP;\n" + drop_note, "at once");
  CHECK(project.rules_since(base) == Texts{"migrations/3.sql:3 drop-column"});
  project.git.commit("migrations/3.sql",
                     "BEGIN;\nCREATE TEMP TABLE orders ON COMMIT DROP AS SELECT 1 AS note;\nCOMMIT;\n" + drop_note,
                     "transaction");
  CHECK(project.rules_since(base) == Texts{"migrations/3.sql:5 drop-column"});
}

TEST_CASE("the same name in another schema does not hide the one in use")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.commit("migrations/3.sql",
                     "CREATE SCHEMA audit;\nCREATE TABLE audit.orders (note text);\n" + drop_note
                         + "SET search_path = audit, public;\nALTER TABLE orders DROP COLUMN note;\n"
                           "RESET search_path;\nALTER TABLE orders DROP COLUMN id;\n"
                           "BEGIN; SET LOCAL search_path = audit; COMMIT;\nALTER TABLE orders DROP COLUMN id;\n",
                     "change");
  CHECK(
      project.rules_since(base)
      == Texts{"migrations/3.sql:4 drop-column", "migrations/3.sql:8 drop-column", "migrations/3.sql:10 drop-column"});
}

TEST_CASE("a link or submodule in place of a directory is followed or told")
{
  namespace fs = std::filesystem;
  ChangeProject project;
  project.git.write("database/sql/0001_orders.sql", make_orders);
  fs::create_directory_symlink("database/sql", project.git.path() / "migrations");
  const std::string base = project.git.commit("base");
  project.git.commit("database/sql/0002_drop.sql", drop_note, "drop");
  CHECK(project.rules_since(base) == Texts{"database/sql/0002_drop.sql:2 drop-column"});

  fs::create_directory_symlink("nowhere", project.git.path() / "database/sql/more");
  project.git.commit("a link within");
  const Findings within = project.run_since(base);
  REQUIRE(within.gaps.size() == 1);
  CHECK(within.gaps[0].subject == "database/sql/more");

  fs::remove(project.git.path() / "migrations");
  fs::create_directory_symlink("/etc", project.git.path() / "migrations");
  project.git.commit("out of the repository");
  CHECK(project.run_since(base).gaps.size() == 1);
}

TEST_CASE("a submodule in place of the directory, checked out or not, is a gap")
{
  namespace fs = std::filesystem;
  test::GitFixture other;
  other.commit("1.sql", drop_note, "theirs");
  ChangeProject project;
  const std::string base = project.git.commit("migrations/0001_orders.sql", make_orders, "base");
  project.git.git({"rm", "--quiet", "-r", "migrations"});
  project.git.git({"submodule", "--quiet", "add", other.path().string(), "migrations"});
  project.git.commit("submodule");
  Findings findings = project.run_since(base);
  REQUIRE(findings.gaps.size() == 1);
  CHECK(findings.gaps[0].kind == GapKind::submodule);
  for (const auto& entry : fs::directory_iterator(project.git.path() / "migrations")) {
    fs::remove_all(entry.path());
  }
  findings = project.run_since(base);
  REQUIRE(findings.gaps.size() == 1);
  CHECK(findings.gaps[0].kind == GapKind::submodule);
}

TEST_CASE("names in capitals, of another ending, and that look like a way back do not drop out")
{
  ChangeProject project;
  const std::string base = project.git.commit("migrations/1.sql", make_orders, "base");
  project.git.write("migrations/2_a.SQL", drop_note);
  project.git.write("migrations/3_slow_down.sql", "ALTER TABLE orders DROP COLUMN id;");
  project.git.write("migrations/4_b.pgsql", drop_note);
  project.git.write("migrations/5.down.sql", drop_note);
  project.git.write("migrations/6.up.sql", "SELECT 1;");
  project.git.commit("migrations/6.down.sql", drop_note, "change");
  Texts dropped;
  const Findings findings = project.run_since(base);
  for (const Finding& finding : findings.found) {
    if (finding.rule->id == "drop-column") {
      dropped.push_back(finding.where.path);
    }
  }
  CHECK(dropped == Texts{"migrations/2_a.SQL", "migrations/3_slow_down.sql"});
  REQUIRE(findings.gaps.size() == 2);
  CHECK(findings.gaps[0].subject == "migrations/4_b.pgsql");
  CHECK(findings.gaps[1].subject == "migrations/5.down.sql");
}

TEST_CASE("a directory that was named and holds nothing to run is a gap")
{
  ChangeProject project;
  project.git.commit("changes/readme.txt", "x", "base");
  MigrationsOptions options;
  options.paths = {"changes"};
  const auto findings = migrations::run(options, project.input());
  REQUIRE(findings.has_value());
  REQUIRE(findings->gaps.size() == 1);
  CHECK(findings->gaps[0].kind == GapKind::no_input);
}

TEST_CASE("what a tool wrote down of another engine is told")
{
  ChangeProject project;
  project.git.write("migrations/migration_lock.toml", "provider = \"mysql\"\n");
  project.git.commit("migrations/1.sql", "SELECT 1;", "base");
  const auto findings = migrations::run({}, project.input());
  REQUIRE(findings.has_value());
  REQUIRE(findings->gaps.size() == 1);
  CHECK(findings->gaps[0].why.find("mysql") != std::string::npos);
}

TEST_CASE("a version is what a tool goes by")
{
  CHECK(version_of("migrations/0012_a_b.sql") == "0012");
  CHECK(version_of("db/V7__x.sql") == "7");
  CHECK(version_of("prisma/migrations/20240101_x/migration.sql") == "20240101/migration.sql");
  CHECK(version_of("migrations/1/up.sql") == version_of("db/1/up.sql"));
  CHECK(version_of("orders.sql") == "orders.sql");
}

}  // namespace sluice::migrations
