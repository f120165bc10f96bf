// SPDX-License-Identifier: Apache-2.0
//
// Migrations that the base had and the change has not: deleted, moved to where nobody looks, hidden or not checked out.
#include "change_project.hpp"
#include "migrations/novelty.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace sluice::migrations {

namespace {

using test::ChangeProject;
using Texts = std::vector<std::string>;

const std::string make_orders = "CREATE TABLE orders (id int, note varchar(10));\n";
const std::string drop_orders = "SET lock_timeout = '5s';\nDROP TABLE orders;\n";

/// The base has two migrations.
std::string
commit_base(ChangeProject& project)
{
  project.git.write("migrations/0001_orders.sql", make_orders);
  project.git.write("migrations/0002_index.sql", "CREATE INDEX orders_id ON orders (id);\n");
  return project.git.commit("base");
}

/// "kind subject" of each gap.
Texts
gaps_since(ChangeProject& project, const std::string& base, const MigrationsOptions& options = {})
{
  Texts all;
  const Findings findings = project.run_since(base, options);
  CHECK_FALSE(findings.absence.has_value());
  for (const Gap& gap : findings.gaps) {
    all.push_back(fmt::format("{} {}", sluice::name_of(gap.kind), gap.subject));
  }
  return all;
}

}  // namespace

TEST_CASE("a merged migration that is deleted is a finding at its path, and its tables stay old")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.git({"rm", "--quiet", "migrations/0001_orders.sql"});
  project.git.commit("migrations/0003_drop.sql", drop_orders, "delete");
  CHECK(project.rules_since(base)
        == Texts{"migrations/0001_orders.sql:1 edited-migration", "migrations/0003_drop.sql:2 unjudged-statement"});
}

TEST_CASE("so it is when all of them are, and no migration is left")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.git({"rm", "--quiet", "-r", "migrations"});
  project.git.commit("README", "r", "delete");
  CHECK(project.rules_since(base)
        == Texts{"migrations/0001_orders.sql:1 edited-migration", "migrations/0002_index.sql:1 edited-migration"});
  CHECK(gaps_since(project, base).empty());
  CHECK(project.rules_since("HEAD").empty());
}

TEST_CASE("one that its tool does not run any more is gone as well")
{
  ChangeProject project;
  const std::string base = project.git.commit("migrations/take_down.sql", make_orders, "base");
  project.git.commit("migrations/take_up.sql", "SELECT 1;\n", "a way there");
  CHECK(project.rules_since(base) == Texts{"migrations/take_down.sql:1 edited-migration"});
}

TEST_CASE("one that its tool runs whenever it changes may be deleted, and an excluded one is not judged")
{
  ChangeProject project;
  project.git.write("migrations/R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1;\n");
  const std::string base = commit_base(project);
  project.git.git({"rm", "--quiet", "migrations/R__view.sql", "migrations/0002_index.sql"});
  project.git.commit("delete");
  CHECK(project.rules_since(base) == Texts{"migrations/0002_index.sql:1 edited-migration"});
  MigrationsOptions options;
  options.exclude = {"migrations/0002*"};
  CHECK(project.run_since(base, options).found.empty());
}

TEST_CASE("migrations that are moved to where nobody looks for them are a gap, as a whole or one by one")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.git({"mv", "migrations", "dbchanges"});
  project.git.commit("dbchanges/0003_drop.sql", drop_orders, "move");
  CHECK(gaps_since(project, base) == Texts{"unjudged dbchanges"});
  CHECK(project.rules_since(base).empty());

  project.git.git({"mv", "dbchanges", "migrations"});
  std::filesystem::create_directories(project.git.path() / "later");
  project.git.git({"mv", "migrations/0002_index.sql", "later/other_name.sql"});
  project.git.commit("one");
  const Findings one = project.run_since(base);
  REQUIRE(one.gaps.size() == 1);
  CHECK(one.gaps[0].subject == "later");
  CHECK(one.gaps[0].fix.find("paths: later") != std::string::npos);
}

TEST_CASE("another tool's directory does not hide that the base's own is gone")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.git({"rm", "--quiet", "-r", "migrations"});
  project.git.commit("supabase/migrations/20240101000000_x.sql", "SELECT 1;\n", "another tool");
  CHECK(project.rules_since(base)
        == Texts{"migrations/0001_orders.sql:1 edited-migration", "migrations/0002_index.sql:1 edited-migration"});
}

TEST_CASE("a directory that a link replaces has the migrations that it had")
{
  namespace fs = std::filesystem;
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.git({"mv", "migrations", "dbchanges"});
  fs::create_directory_symlink("dbchanges", project.git.path() / "migrations");
  project.git.commit("dbchanges/0003_drop.sql", drop_orders, "link");
  CHECK(project.rules_since(base) == Texts{"dbchanges/0003_drop.sql:2 unjudged-statement"});
}

TEST_CASE("a directory behind a submodule or a link to nowhere is a gap and not deleted")
{
  namespace fs = std::filesystem;
  ChangeProject project;
  project.git.write("database/migrations/1.sql", make_orders);
  const std::string base = project.git.commit("base");
  project.git.git({"rm", "--quiet", "-r", "database"});
  fs::create_directory_symlink("nowhere", project.git.path() / "database");
  project.git.commit("link");
  CHECK(gaps_since(project, base) == Texts{"unreadable database"});
  fs::remove(project.git.path() / "database");
  project.git.git({"update-index", "--add", "--cacheinfo", "160000," + base + ",database"});
  project.git.git({"rm", "--quiet", "--cached", "--ignore-unmatch", "nothing"});
  project.git.git({"commit", "--quiet", "--message", "submodule"});
  fs::create_directories(project.git.path() / "database");
  CHECK(gaps_since(project, base) == Texts{"submodule database"});
}

TEST_CASE("merged migrations that are not checked out are a gap and not deleted")
{
  ChangeProject project;
  const std::string base = commit_base(project);
  project.git.commit("README", "r", "change");
  std::filesystem::remove_all(project.git.path() / "migrations");
  CHECK(gaps_since(project, base) == Texts{"not-checked-out migrations"});
  CHECK(project.rules_since(base).empty());
}

TEST_CASE("a file beside migrations that may be one is a gap of the change that brings it, whatever its kind")
{
  ChangeProject project;
  project.git.write("migrations/0000_old.py", "old");
  const std::string base = commit_base(project);
  for (const char* name : {"0002.py", "0003.sh", "drop.rb", "R__x.java", "4.ddl", "5.sql.gz", "6_x", "7.sql~"}) {
    CAPTURE(name);
    project.git.write(std::string("migrations/") + name, "x");
    CHECK(gaps_since(project, base) == Texts{fmt::format("not-run migrations/{}", name)});
    std::filesystem::remove(project.git.path() / "migrations" / name);
  }
  for (const char* name : {"README.md", "README", ".gitkeep", "notes.txt", "meta/_journal.json", "atlas.sum"}) {
    CAPTURE(name);
    project.git.write(std::string("migrations/") + name, "x");
    CHECK(project.run_since(base).gaps.empty());
  }
  project.git.write("migrations/0000_old.py", "new");
  CHECK(gaps_since(project, base) == Texts{"not-run migrations/0000_old.py"});
}

TEST_CASE("how often files are held against each other grows as they do")
{
  std::vector<std::string> texts;
  std::vector<VersionedText> before;
  std::vector<VersionedText> after;
  constexpr std::size_t count = 300;
  for (std::size_t i = 0; i < count; ++i) {
    texts.push_back(fmt::format("CREATE TABLE t{} (id int);", i));
  }
  for (std::size_t i = 0; i < count; ++i) {
    before.push_back({fmt::format("migrations/{}_a.sql", i), texts[i], VersionedText::Place::other_directory});
    after.push_back({fmt::format("db/migrations/{}_b.sql", i + count), texts[i]});
  }
  const Novelties compared = novelties(before, after);
  CHECK(compared.after.size() == count);
  CHECK(compared.after[7].taken == Texts{"migrations/7_a.sql"});
  CHECK(compared.gone.empty());
  CHECK(compared.looks <= 5 * count);
}

}  // namespace sluice::migrations
