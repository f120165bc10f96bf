// SPDX-License-Identifier: Apache-2.0
#include "migrations/gate.hpp"
#include "scripts.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace sluice::migrations {

namespace {

using sluice::test::GitFixture;

const std::string make_table = "CREATE TABLE orders (id int, note varchar(10));\n";
const std::string drop_note = "SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN note;\n";

/// A repository with its handle; `since` makes the input of a change.
struct Project
{
  GitFixture git;
  std::optional<git::Repository> repository;

  gate::Input
  input()
  {
    auto opened = git::Repository::open(git.path());
    REQUIRE(opened.has_value());
    repository.emplace(std::move(*opened));
    gate::Input input;
    input.directory = git.path();
    input.repository = &*repository;
    return input;
  }

  gate::Input
  since(const std::string& base, const std::string& head = "HEAD")
  {
    gate::Input result = input();
    result.range.kind = ci::RangeKind::commits;
    result.range.heads = {*repository->resolve(head)};
    result.range.excluded = {*repository->resolve(base)};
    return result;
  }
};

Findings
run(const gate::Input& input, const MigrationsOptions& options = {})
{
  auto findings = migrations::run(options, input);
  REQUIRE_MESSAGE(findings.has_value(), (findings ? "" : findings.error().message));
  return std::move(*findings);
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

std::vector<std::string>
complaints_about(MigrationsOptions& options)
{
  config::OptionTable table;
  describe(options, table);
  config::OptionChecks checks(table);
  check(options, checks);
  return checks.problems();
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("against a base only new and changed files are judged")
{
  Project project;
  project.git.write("migrations/1.sql", make_table);
  project.git.write("migrations/2.sql", drop_note);
  const std::string base = project.git.commit("base");
  project.git.commit("migrations/3.sql", "SET lock_timeout = 1; ALTER TABLE orders ADD x int NOT NULL;", "change");
  const Findings findings = run(project.since(base));
  CHECK(files_of(findings) == Texts{"migrations/3.sql"});
  CHECK(findings.coverage.counts[0].value == 1);
  CHECK(findings.coverage.counts[2].value == 2);
  CHECK(findings.coverage.scope.find("what " + base.substr(0, 8)) != std::string::npos);

  project.git.commit("migrations/2.sql", drop_note + "SELECT 1;", "edit");
  CHECK(files_of(run(project.since(base))) == Texts{"migrations/2.sql", "migrations/3.sql"});
}

TEST_CASE("earlier files tell what the database looks like")
{
  Project project;
  const std::string base = project.git.commit("migrations/1.sql", make_table, "base");
  project.git.commit("migrations/2.sql", "SET lock_timeout = 1; ALTER TABLE orders ALTER note TYPE varchar(20);",
                     "widen");
  CHECK(run(project.since(base)).found.empty());
  project.git.commit("migrations/2.sql", "SET lock_timeout = 1; ALTER TABLE orders ALTER note TYPE varchar(5);",
                     "narrow");
  CHECK(run(project.since(base)).found.size() == 1);
}

TEST_CASE("without a base every file is judged")
{
  Project project;
  project.git.write("migrations/1.sql", make_table);
  project.git.write("migrations/2.sql", drop_note);
  CHECK(files_of(run(project.input())) == Texts{"migrations/2.sql"});
}

TEST_CASE("the text on disk is judged while the head is checked out, else the head's")
{
  Project project;
  const std::string base = project.git.commit("migrations/1.sql", make_table, "base");
  const std::string change = project.git.commit("migrations/2.sql", drop_note, "change");
  project.git.write("migrations/2.sql", drop_note + drop_note);
  CHECK(run(project.since(base)).found.size() == 2);
  project.git.commit("later");
  CHECK(run(project.since(base, change)).found.size() == 1);
}

TEST_CASE("a merge that a platform made of the head is what will be deployed")
{
  Project project;
  const std::string base = project.git.commit("migrations/1.sql", make_table, "base");
  project.git.git({"checkout", "--quiet", "-b", "change"});
  const std::string change = project.git.commit("migrations/3.sql", drop_note, "change");
  project.git.git({"checkout", "--quiet", "main"});
  project.git.commit("other", "x", "main goes on");
  project.git.git({"merge", "--quiet", "--no-ff", "-m", "merge", "change"});
  project.git.write("migrations/3.sql", drop_note + drop_note);
  CHECK(run(project.since(base, change)).found.size() == 2);
}

TEST_CASE("a range that is not known is a gap and one of nothing is fine")
{
  Project project;
  project.git.commit("migrations/1.sql", drop_note, "base");
  gate::Input input = project.input();
  input.range.kind = ci::RangeKind::unresolved;
  input.range.gaps = {{GapKind::no_range, "base", "is not here", ""}};
  CHECK(run(input).gaps.size() == 1);
  input.range.gaps.clear();
  CHECK(run(input).gaps.size() == 1);
  input.range.kind = ci::RangeKind::nothing;
  CHECK(run(input).gaps.empty());
  CHECK(run(input).found.empty());
}

TEST_CASE("what a clone lacks of its history is a gap only where the past decides what is new")
{
  Project project;
  const std::string base = project.git.commit("migrations/1.sql", make_table, "base");
  project.git.commit("migrations/2.sql", "SELECT 1;", "change");
  const Gap shallow{GapKind::shallow, "shallow clone", "the history ends here", ""};
  gate::Input input = project.since(base);
  input.range.gaps = {shallow};
  CHECK(run(input).gaps.size() == 1);
  input.range.excluded.clear();
  CHECK(run(input).gaps.empty());
}

TEST_CASE("paths are relative to the repository, not to the directory that is judged")
{
  Project project;
  const std::string base = project.git.commit("services/api/migrations/1.sql", make_table, "base");
  const std::string change = project.git.commit("services/api/migrations/2.sql", drop_note, "change");
  gate::Input input = project.since(base);
  input.directory /= "services/api";
  CHECK(files_of(run(input)) == Texts{"services/api/migrations/2.sql"});
  project.git.commit("later");
  gate::Input earlier = project.since(base, change);
  earlier.directory /= "services/api";
  CHECK(files_of(run(earlier)) == Texts{"services/api/migrations/2.sql"});
}

TEST_CASE("Supabase's directory is found, and files that it skips are gaps")
{
  Project project;
  project.git.write("supabase/migrations/20240101000000_a.sql", make_table);
  project.git.write("supabase/migrations/20240102000000_b.sql", drop_note);
  project.git.write("supabase/migrations/later.sql", drop_note);
  project.git.write("supabase/migrations/20200101000000_init.sql", drop_note);
  project.git.write("supabase/migrations/old/1_x.sql", drop_note);
  project.git.write("migrations/1.sql", drop_note);
  const Findings findings = run(project.input());
  CHECK(files_of(findings) == Texts{"supabase/migrations/20240102000000_b.sql"});
  REQUIRE(findings.gaps.size() == 4);
  CHECK(findings.gaps[3].subject == "migrations");
  CHECK(findings.gaps[1].subject == "supabase/migrations/later.sql");
  CHECK(findings.gaps[2].subject == "supabase/migrations/old/1_x.sql");
  CHECK(findings.coverage.scope.find("supabase: supabase/migrations is there") != std::string::npos);
}

TEST_CASE("a plain directory is read below, without the ways back")
{
  Project project;
  project.git.write("db/migrations/1/up.sql", drop_note);
  project.git.write("db/migrations/1/down.sql", drop_note);
  project.git.write("db/migrations/2.up.sql", "SELECT 2;");
  project.git.write("db/migrations/2.down.sql", drop_note);
  project.git.write("db/migrations/0.sql", "SELECT 1;");
  const Findings findings = run(project.input());
  CHECK(files_of(findings) == Texts{"db/migrations/1/up.sql"});
  CHECK(findings.gaps.empty());
}

TEST_CASE("a section that another tool would not run forward is a gap")
{
  Project project;
  project.git.write("migrations/1.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE t;\n");
  const Findings findings = run(project.input());
  REQUIRE(findings.gaps.size() == 1);
  CHECK(findings.gaps[0].why.find("goose") != std::string::npos);
}

TEST_CASE("links are not followed and not overlooked")
{
  Project project;
  project.git.write("migrations/1.sql", make_table);
  std::filesystem::create_symlink("/etc/hostname", project.git.path() / "migrations/2.sql");
  const Findings findings = run(project.input());
  REQUIRE(findings.gaps.size() == 1);
  CHECK(findings.gaps[0].subject == "migrations/2.sql");
  std::filesystem::create_directory_symlink("/etc", project.git.path() / "elsewhere");
  MigrationsOptions options;
  options.paths = {"elsewhere"};
  CHECK_FALSE(migrations::run(options, project.input()).has_value());
}

TEST_CASE("paths name directories or files, and must exist")
{
  Project project;
  project.git.write("changes/1.sql", drop_note);
  project.git.write("changes/2.sql", drop_note);
  MigrationsOptions options;
  options.paths = {"changes/2.sql"};
  CHECK(files_of(run(project.input(), options)) == Texts{"changes/2.sql"});
  options.paths = {"./changes/"};
  CHECK(run(project.input(), options).found.size() == 2);
  for (const char* wrong : {"nowhere", "..", "../repo/changes", "/etc"}) {
    options.paths = {wrong};
    const auto failed = migrations::run(options, project.input());
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("excluded files are read but not judged")
{
  Project project;
  project.git.write("migrations/1.sql", make_table + drop_note);
  project.git.write("migrations/2.sql", "SET lock_timeout = 1; ALTER TABLE orders ALTER id TYPE int;");
  MigrationsOptions options;
  options.exclude = {"migrations/1.sql"};
  const Findings findings = run(project.input(), options);
  CHECK(findings.found.empty());
  CHECK(findings.coverage.counts[0].value == 1);
}

TEST_CASE("what an excluded file of the change creates is new, and of one that was there before is not")
{
  Project project;
  const std::string base = project.git.commit("migrations/0.sql", "SELECT 1;", "base");
  project.git.write("migrations/1.sql", make_table);
  project.git.commit("migrations/2.sql", drop_note, "change");
  MigrationsOptions options;
  options.exclude = {"migrations/1.sql"};
  CHECK(run(project.since(base), options).found.empty());
  const std::string later = project.git.git({"rev-parse", "HEAD"});
  project.git.commit("migrations/3.sql", drop_note, "later");
  CHECK(run(project.since(later), options).found.size() == 1);
}

TEST_CASE("a table of an old file is not new because a new file's name stands before it")
{
  Project project;
  const std::string base = project.git.commit("migrations/2.sql", make_table, "base");
  project.git.write("migrations/1.sql", "SELECT 1;");
  project.git.commit("migrations/3.sql", drop_note, "change");
  CHECK(files_of(run(project.since(base))) == Texts{"migrations/3.sql"});
}

TEST_CASE("rules that are disabled are not applied")
{
  Project project;
  project.git.write("migrations/1.sql", drop_note);
  gate::Input input = project.input();
  input.rules = gate::RuleSet({"drop-column"}, {});
  CHECK(run(input).found.empty());
  input.rules = gate::RuleSet({"rename-table"}, {});
  CHECK(run(input).found.size() == 1);
}

TEST_CASE("no migrations are no error and say so")
{
  Project project;
  project.git.write("src/x.sql", drop_note);
  const Findings findings = run(project.input());
  CHECK(findings.found.empty());
  CHECK(findings.coverage.scope == "nothing: there are no migrations");
  REQUIRE(findings.absence.has_value());
  CHECK(findings.absence->kind == Absence::Kind::no_subject);
}

TEST_CASE("a framework that was chosen must be there, and a version must be one")
{
  Project project;
  project.git.write("src/x.sql", drop_note);
  MigrationsOptions options;
  options.framework = "supabase";
  CHECK_FALSE(migrations::run(options, project.input()).has_value());
  for (const char* version : {"newest", "2", "2.x", "2..1", "2.99999999999"}) {
    CAPTURE(version);
    options = {};
    options.supabase_cli_version = version;
    CHECK(complaints_about(options).size() == 1);
  }
  options.supabase_cli_version = "v2.109.0";
  CHECK(complaints_about(options).empty());
}

TEST_CASE("a directory without a repository is judged whole")
{
  GitFixture git;
  git.write("migrations/1.sql", drop_note);
  gate::Input input;
  input.directory = git.path();
  CHECK(files_of(run(input)) == Texts{"migrations/1.sql"});
}

TEST_CASE("options that can weaken the gate are not for the change under test")
{
  MigrationsOptions options;
  config::OptionTable table;
  describe(options, table);
  CHECK(table.options().size() == 6);
  for (const config::Option& option : table.options()) {
    CHECK(option.spec.trust == config::Trust::base_ref);
  }
  REQUIRE(table.find("transaction")->set("per-file").has_value());
  CHECK(options.transaction == FileTransaction::per_file);
  REQUIRE(table.find("framework")->set("supabase").has_value());
  CHECK_FALSE(table.find("framework")->set("flyway").has_value());
}

}  // namespace sluice::migrations
