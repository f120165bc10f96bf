// SPDX-License-Identifier: Apache-2.0
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {

TEST_CASE("what is staged is judged against what it replaces")
{
  GitFixture git;
  const std::string old_secret = token("committed");
  git.commit("a.txt", old_secret + "\n", "Before");
  git.write("a.txt", "edited\n" + old_secret + "\n");
  git.write("b.txt", "k: " + token("staged") + "\n");
  git.git({"add", "a.txt", "b.txt"});
  git.write("c.txt", token("not staged"));
  const Findings findings = scope(Scope::staged)(git);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where == Location{"b.txt", {1, 4}, {1, 44}, ""});
  CHECK(fact(findings.found[0], "state") == "in files that are not committed");
  CHECK(count(findings, "secrets that were there before") == 1);
}

TEST_CASE("the work tree is what is on disk and not ignored")
{
  GitFixture git;
  git.commit(".gitignore", "ignored.txt\n", "Ignore");
  git.commit("tracked.txt", token("tracked"), "Leak");
  git.write("untracked/file.txt", token("untracked"));
  git.write("ignored.txt", token("ignored"));
  std::filesystem::create_symlink(git.path() / "ignored.txt", git.path() / "link.txt");
  const Findings findings = scope(Scope::worktree)(git);
  REQUIRE(findings.found.size() == 2);
  std::vector<std::string> paths{findings.found[0].where.path, findings.found[1].where.path};
  std::sort(paths.begin(), paths.end());
  CHECK(paths == std::vector<std::string>{"tracked.txt", "untracked/file.txt"});
}

TEST_CASE("without an event everything that is here is looked at, also what is not committed")
{
  GitFixture git;
  git.commit("a.txt", token("old"), "Leak");
  git.commit("a.txt", "clean\n", "Clean");
  git.write("staged.txt", token("staged"));
  git.git({"add", "staged.txt"});
  git.write("new.txt", token("new"));
  const Findings findings = scope(Scope::automatic)(git);
  std::vector<std::string> paths;
  for (const Finding& finding : findings.found) {
    paths.push_back(finding.where.path);
  }
  std::sort(paths.begin(), paths.end());
  CHECK(paths == std::vector<std::string>{"a.txt", "new.txt", "staged.txt"});
  CHECK(findings.coverage.scope.find("not committed") != std::string::npos);
}

TEST_CASE("a directory that is in no repository is looked at file by file")
{
  const auto directory = TemporaryDirectory::create().value();
  std::filesystem::create_directories(directory.path() / "deep/er");
  REQUIRE(write_file(directory.path() / "deep/er/file.txt", token("plain")));
  Run run = scope(Scope::automatic);
  run.directory = directory.path();
  const Findings findings = run.without_repository();
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where.path == "deep/er/file.txt");
  for (const Scope needs : {Scope::history, Scope::range, Scope::staged}) {
    run.options.scope = needs;
    const Findings nothing = run.without_repository();
    REQUIRE(nothing.gaps.size() == 1);
    CHECK(nothing.gaps.front().kind == GapKind::no_repository);
    CHECK(nothing.found.empty());
  }
}

TEST_CASE("a plain directory is whole only if its files are what was asked for")
{
  const auto directory = TemporaryDirectory::create().value();
  REQUIRE(write_file(directory.path() / "file.txt", "nothing\n"));
  Run run = scope(Scope::automatic);
  run.directory = directory.path();
  const Findings automatic = run.without_repository();
  REQUIRE(automatic.gaps.size() == 1);
  CHECK(automatic.gaps.front().kind == GapKind::no_repository);
  run.options.scope = Scope::worktree;
  const Findings files = run.without_repository();
  CHECK(files.gaps.empty());
  CHECK(files.basis == Basis::files);
  CHECK(count(files, "files") == 1);
  std::filesystem::remove(directory.path() / "file.txt");
  const Findings empty = run.without_repository();
  REQUIRE(empty.gaps.size() == 1);
  CHECK(empty.gaps.front().kind == GapKind::no_input);
}

TEST_CASE("a range of what is staged is the index, not the disk")
{
  GitFixture git;
  git.commit("a.txt", "clean\n", "Start");
  git.write("a.txt", token("staged"));
  git.git({"add", "a.txt"});
  git.write("a.txt", "clean\n");
  git.write("b.txt", token("beside"));
  Run run = scope(Scope::automatic);
  run.range.kind = ci::RangeKind::staged;
  const Findings findings = run(git);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where.path == "a.txt");
}

TEST_CASE("a submodule in the index is a gap before it is in a commit")
{
  GitFixture git;
  git.commit("a.txt", "clean\n", "Start");
  git.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",lib"});
  for (const Scope where : {Scope::staged, Scope::worktree, Scope::automatic}) {
    CAPTURE(where);
    const Findings findings = scope(where)(git);
    REQUIRE(findings.gaps.size() == 1);
    CHECK(findings.gaps[0].kind == GapKind::submodule);
    CHECK(findings.gaps[0].subject == "lib");
  }
}

TEST_CASE("standard input is one text")
{
  Run run = scope(Scope::standard_input);
  run.standard_input = "first\n+token = " + token("stdin") + "\n";
  const Findings findings = run.without_repository();
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where.path.empty());
  CHECK(findings.found[0].where.begin == Position{2, 10});
  CHECK(count(findings, "bytes") == run.standard_input.size());
}

TEST_CASE("standard input that is empty or cannot be read is a gap")
{
  Run run = scope(Scope::standard_input);
  const Findings empty = run.without_repository();
  REQUIRE(empty.gaps.size() == 1);
  CHECK(empty.gaps.front().kind == GapKind::no_input);
  run.unread = "standard input is closed";
  const Findings closed = run.without_repository();
  REQUIRE(closed.gaps.size() == 1);
  CHECK(closed.gaps.front().kind == GapKind::unreadable);
  CHECK(closed.gaps.front().why == "standard input is closed");
}

}  // namespace sluice::secrets
