// SPDX-License-Identifier: Apache-2.0
//
// What a commit is about to bring: the index, neither the disk nor the history.
#include "migrations/gate.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

namespace sluice::migrations {

namespace {

using sluice::test::GitFixture;

const std::string make_table = "CREATE TABLE orders (id int, note varchar(10));\n";
const std::string harmless = "CREATE TABLE notes (id int);\n";
const std::string drop_note = "SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN note;\n";

Findings
staged(const GitFixture& git, const MigrationsOptions& options)
{
  const git::Repository repository = git::Repository::open(git.path()).value();
  gate::Input input;
  input.directory = git.path();
  input.repository = &repository;
  auto findings = migrations::run(options, input);
  REQUIRE_MESSAGE(findings.has_value(), (findings ? "" : findings.error().message));
  return std::move(*findings);
}

MigrationsOptions
scope(Scope scope)
{
  MigrationsOptions options;
  options.scope = scope;
  return options;
}

std::vector<std::string>
files_of(const Findings& findings)
{
  std::vector<std::string> files;
  for (const Finding& finding : findings.found) {
    files.push_back(finding.where.path);
  }
  return files;
}

}  // namespace

TEST_CASE("the staged text of new files is judged: not the work tree's, and not what was committed before")
{
  GitFixture git;
  git.write("migrations/1.sql", make_table);
  git.write("migrations/2.sql", drop_note);
  git.commit("base");
  git.write("migrations/3.sql", drop_note);
  git.git({"add", "--all"});
  git.write("migrations/3.sql", harmless);
  git.write("migrations/4.sql", drop_note);
  const Findings findings = staged(git, scope(Scope::staged));
  CHECK(files_of(findings) == std::vector<std::string>{"migrations/3.sql"});
  CHECK(findings.gaps.empty());
  CHECK(findings.basis == Basis::files);

  git.git({"add", "migrations/3.sql"});
  git.write("migrations/3.sql", drop_note);
  CHECK(staged(git, scope(Scope::staged)).found.empty());
}

TEST_CASE("what the base holds tells what the database looks like, also when its file is deleted in the index")
{
  GitFixture git;
  git.write("migrations/1.sql", "CREATE TABLE orders (id int, note varchar(10));\n");
  git.commit("base");
  git.write("migrations/2.sql", "SET lock_timeout = 1; ALTER TABLE orders ALTER note TYPE varchar(20);");
  git.git({"add", "--all"});
  CHECK(staged(git, scope(Scope::staged)).found.empty());
  git.git({"rm", "--quiet", "--cached", "migrations/1.sql"});
  const std::vector<std::string> gone{"migrations/1.sql"};
  CHECK(files_of(staged(git, scope(Scope::staged))) == gone);
  git.git({"rm", "--quiet", "--cached", "migrations/2.sql"});
  CHECK(files_of(staged(git, scope(Scope::staged))) == gone);
}

TEST_CASE("a commit that brings no migration is a pass with that reason, also where there are none")
{
  GitFixture git;
  git.commit("README", "r", "base");
  const Findings none = staged(git, scope(Scope::staged));
  REQUIRE(none.absence);
  CHECK(none.absence->kind == Absence::Kind::nothing_to_do);
  git.commit("migrations/1.sql", make_table, "one");
  const Findings untouched = staged(git, scope(Scope::staged));
  REQUIRE(untouched.absence);
  CHECK(untouched.absence->kind == Absence::Kind::nothing_to_do);
}

TEST_CASE("before the first commit every staged file is judged")
{
  GitFixture git;
  git.write("migrations/1.sql", make_table);
  git.write("migrations/2.sql", drop_note);
  git.git({"add", "--all"});
  CHECK(files_of(staged(git, scope(Scope::staged))) == std::vector<std::string>{"migrations/2.sql"});
}

TEST_CASE("an index that cannot be read is a gap")
{
  GitFixture git;
  git.commit("migrations/1.sql", make_table, "base");
  REQUIRE(write_file(git.path() / ".git/index", "DIRC nonsense"));
  const Findings findings = staged(git, scope(Scope::staged));
  REQUIRE_FALSE(findings.gaps.empty());
  CHECK(findings.gaps.front().kind == GapKind::corrupt_object);
  CHECK(findings.found.empty());
  CHECK_FALSE(findings.absence);
}

TEST_CASE("what is staged needs a repository, and files on disk do not")
{
  GitFixture git;
  git.write("migrations/2.sql", make_table + drop_note);
  gate::Input input;
  input.directory = git.path();
  input.no_repository = {GapKind::no_repository, "the repository", "is none", "clone it"};
  const auto nothing = migrations::run(scope(Scope::staged), input);
  REQUIRE(nothing);
  REQUIRE(nothing->gaps.size() == 1);
  CHECK(nothing->gaps.front().kind == GapKind::no_repository);
  input.range.kind = ci::RangeKind::unresolved;
  input.range.gaps = {input.no_repository};
  CHECK(migrations::run({}, input)->gaps.size() == 1);
  const auto files = migrations::run(scope(Scope::worktree), input);
  REQUIRE(files);
  CHECK(files->gaps.empty());
  CHECK(files->basis == Basis::files);
}

}  // namespace sluice::migrations
