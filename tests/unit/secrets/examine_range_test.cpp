// SPDX-License-Identifier: Apache-2.0
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {

TEST_CASE("a range brings what it adds, also if it takes it away again")
{
  GitFixture git;
  const std::string before = git.commit("old.txt", "x=" + token("old") + "\n", "Before");
  const std::string leak = git.commit("new.txt", "line\n" + token("new") + "\n", "Leak");
  git.commit("new.txt", "line\n", "Remove");
  Run run = scope(Scope::automatic);
  run.range = range_of(git, before, "HEAD");
  Findings findings = run(git);
  CHECK(std::erase_if(findings.found, [](const Finding& finding) { return finding.is_older; }) == 1);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where == Location{"new.txt", {2, 1}, {2, 41}, leak});
  CHECK(fact(findings.found[0], "state") == "no longer at HEAD, but in the history");
  CHECK(findings.coverage.scope == before + "..HEAD");
  CHECK(count(findings, "commits") == 2);
}

TEST_CASE("a secret that the same commit moves, renames or edits around is not new")
{
  GitFixture git;
  const std::string secret = token("moved");
  const std::string before = git.commit("a.txt", "x\n" + secret + "\n", "Before");
  git.commit("a.txt", "edited\nx\n" + secret + "\n", "Edit");
  git.git({"mv", "a.txt", "b.txt"});
  git.commit("Rename");
  Run run = scope(Scope::range);
  run.range = range_of(git, before, "HEAD");
  const Findings moved = run(git);
  REQUIRE(moved.found.size() == 1);
  CHECK(moved.found[0].is_older);
  CHECK(moved.found[0].where == Location{"b.txt", {3, 1}, {3, 41}, ""});

  const std::string copy = git.commit("copy.txt", secret + "\n", "Copy");
  run.range = range_of(git, before, "HEAD");
  const Findings copied = run(git);
  REQUIRE(copied.found.size() == 1);
  CHECK(fact(copied.found[0], "first-commit") == copy);
  CHECK(fact(copied.found[0], "state") == "at HEAD");
  CHECK(copied.found[0].where.path == "copy.txt");
  CHECK(copied.found[0].where.commit.empty());
}

TEST_CASE("a secret at the head is older if the base's tree has it, and new if it came any way at all")
{
  GitFixture git;
  const std::string secret = token("of before");
  const std::string with = git.commit("a.txt", secret + "\n", "Leak");
  git.commit("b.txt", "x\n", "Go on");
  Run run = scope(Scope::range);
  run.range = range_of(git, with, "HEAD");
  const Findings older = run(git);
  REQUIRE(older.found.size() == 1);
  CHECK(older.found[0].is_older);
  CHECK(older.found[0].where == Location{"a.txt", {1, 1}, {1, 41}, ""});
  CHECK(fact(older.found[0], "state") == "at HEAD");

  SUBCASE("what the head no longer has is not told again")
  {
    const std::string base = git.git({"rev-parse", "HEAD"});
    git.commit("a.txt", "gone\n", "Remove");
    run.range = range_of(git, base, "HEAD");
    CHECK(run(git).found.empty());
  }
  SUBCASE("a base that does not have it, although none of the commits brings it")
  {
    // Whoever pushed before pushed the leak: the branch `before` has it in its history and not in its tree.
    git.git({"checkout", "--quiet", "-b", "before"});
    const std::string base = git.commit("a.txt", "gone\n", "Remove");
    git.git({"checkout", "--quiet", "-"});
    git.commit("b.txt", "y\n", "Go on without the removal");
    run.range = range_of(git, base, "HEAD");
    const Findings fresh = run(git);
    REQUIRE(fresh.found.size() == 1);
    CHECK_FALSE(fresh.found[0].is_older);
    CHECK(fresh.found[0].where.path == "a.txt");
  }
  SUBCASE("what is suppressed at the base, and is told nowhere, is not known from before")
  {
    run.is_suppressed = [](const Finding& finding) { return finding.where.path == "a.txt"; };
    const Findings untold = run(git);
    REQUIRE(untold.found.size() == 1);
    CHECK_FALSE(untold.found[0].is_older);
  }
  SUBCASE("the tree of each head")
  {
    git.git({"checkout", "--quiet", "-b", "other", with});
    git.commit("c.txt", "z\n", "Other");
    run.range = range_of(git, git.git({"rev-parse", "HEAD"}), "HEAD");
    git.git({"checkout", "--quiet", "-"});
    git.commit("a.txt", "gone\n", "Remove");
    run.range.heads.insert(run.range.heads.begin(), *git::ObjectId::from_hex(git.git({"rev-parse", "HEAD"})));
    REQUIRE(run(git).found.size() == 1);
    CHECK(run(git).found[0].is_older);
  }
  SUBCASE("what the base has in an excluded file only")
  {
    const std::string base = git.git({"rev-parse", "HEAD"});
    run.options.exclude = {"a.txt"};
    git.commit("a.txt", secret + "\nedited\n", "Edit");
    run.range = range_of(git, base, "HEAD");
    CHECK(run(git).found.empty());
  }
}

TEST_CASE("a secret that later commits of the range edit around or move is where they leave it")
{
  GitFixture git;
  const std::string secret = token("carried");
  const std::string before = git.commit("start.txt", "x\n", "Before");
  const std::string leak = git.commit("a.txt", secret + "\n", "Leak");
  Run run = scope(Scope::range);
  git.commit("a.txt", "edited\n" + secret + "\n", "Edit");
  run.range = range_of(git, before, "HEAD");
  const Findings edited = run(git);
  REQUIRE(edited.found.size() == 1);
  CHECK(fact(edited.found[0], "first-commit") == leak);
  CHECK(fact(edited.found[0], "state") == "at HEAD");
  CHECK(edited.found[0].where == Location{"a.txt", {2, 1}, {2, 41}, ""});

  git.git({"mv", "a.txt", "b.txt"});
  git.commit("b.txt", "more\nedited\n" + secret + "  # sluice:allow[github-personal-access-token] of a test\n", "Move");
  run.range = range_of(git, before, "HEAD");
  const Findings moved = run(git);
  REQUIRE(moved.found.size() == 1);
  CHECK(fact(moved.found[0], "first-commit") == leak);
  CHECK(moved.found[0].where.path == "b.txt");
  CHECK(moved.found[0].inline_allow.has_value());

  git.commit("b.txt", "more\n", "Remove");
  run.range = range_of(git, before, "HEAD");
  const Findings removed = run(git);
  REQUIRE(removed.found.size() == 1);
  CHECK(fact(removed.found[0], "state") == "no longer at HEAD, but in the history");
}

TEST_CASE("a range has messages and merges that nobody's diff shows")
{
  GitFixture git;
  const std::string before = git.commit("a.txt", "a\n", "Before");
  git.git({"checkout", "--quiet", "-b", "side"});
  git.commit("b.txt", "b\n", "Side, signed off with " + token("side message"));
  git.git({"checkout", "--quiet", "-"});
  git.commit("c.txt", "c\n", "Main");
  git.git({"merge", "--quiet", "--no-commit", "side"});
  git.commit("evil.txt", token("evil merge"), "Merge");
  Run run = scope(Scope::automatic);
  run.range = range_of(git, before, "HEAD");
  CHECK(run(git).found.size() == 2);
}

TEST_CASE("a range has the messages of the tags that it brings")
{
  GitFixture git;
  const std::string before = git.commit("a.txt", "a\n", "Before");
  git.commit("a.txt", "b\n", "After");
  git.git({"tag", "-a", "v1", "-m", "made with " + token("tag")});
  Run run = scope(Scope::range);
  run.range = range_of(git, before, "HEAD");
  CHECK(run(git).found.empty());

  const std::string tag = git.git({"rev-parse", "v1"});
  run.range.tags = {*git::ObjectId::from_hex(tag)};
  const Findings findings = run(git);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where == Location{"", {1, 11}, {1, 51}, git.git({"rev-parse", "HEAD"})});
  CHECK(fact(findings.found[0], "object") == tag);
  CHECK(fact(findings.found[0], "state") == "only in a tag");
  CHECK(count(findings, "tags") == 1);
  CHECK(findings.gaps.empty());

  std::filesystem::remove(git.path() / ".git/objects" / tag.substr(0, 2) / tag.substr(2));
  const Findings absent = run(git);
  CHECK(absent.found.empty());
  REQUIRE(absent.gaps.size() == 1);
  CHECK(absent.gaps[0].kind == GapKind::missing_object);
  CHECK(absent.gaps[0].subject == "tag " + tag);
  CHECK_FALSE(absent.gaps[0].fix.empty());
}

TEST_CASE("submodules and LFS pointers that a range brings are gaps, those that were there before are not")
{
  GitFixture git;
  const std::string before = git.commit("a.txt", "a\n", "Before");
  git.git({"update-index", "--add", "--cacheinfo", "160000," + before + ",libs/sub"});
  git.git({"commit", "--quiet", "-m", "Add a submodule"});
  const std::string with_submodule = git.git({"rev-parse", "HEAD"});
  git.write("large.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
  git.git({"add", "large.bin"});
  git.git({"commit", "--quiet", "-m", "Large"});
  Run run = scope(Scope::range);
  run.range = range_of(git, before, "HEAD");
  const Findings both = run(git);
  REQUIRE(both.gaps.size() == 2);
  CHECK(both.gaps[0].kind == GapKind::submodule);
  CHECK(both.gaps[0].subject == "libs/sub");
  CHECK_FALSE(both.gaps[0].fix.empty());
  CHECK(both.gaps[1].kind == GapKind::lfs);

  run.range = range_of(git, with_submodule, "HEAD");
  const Findings pointer = run(git);
  REQUIRE(pointer.gaps.size() == 1);
  CHECK(pointer.gaps[0].kind == GapKind::lfs);
}

TEST_CASE("of many objects that are absent the first are told by name and the rest as one")
{
  GitFixture git;
  const std::string before = git.commit("a.txt", "a\n", "Before");
  for (int i = 0; i < 30; ++i) {
    git.write("f" + std::to_string(i), std::to_string(i));
  }
  git.commit("Many");
  for (int i = 0; i < 30; ++i) {
    const std::string id = git.git({"rev-parse", "HEAD:f" + std::to_string(i)});
    std::filesystem::remove(git.path() / ".git/objects" / id.substr(0, 2) / id.substr(2));
  }
  Run run = scope(Scope::range);
  run.range = range_of(git, before, "HEAD");
  const Findings findings = run(git);
  CHECK(findings.gaps.size() == 21);
  CHECK(has_gap(findings, "further objects"));
}

TEST_CASE("an event without anything to look at, or that cannot be told, says so")
{
  GitFixture git;
  git.commit("a.txt", token("there"), "Leak");
  Run run = scope(Scope::automatic);
  run.range.kind = ci::RangeKind::nothing;
  run.range.reason = "the branch was deleted";
  const Findings nothing = run(git);
  CHECK(nothing.found.empty());
  CHECK(nothing.gaps.empty());
  CHECK(nothing.coverage.scope == "nothing: the branch was deleted");
  REQUIRE(nothing.absence);
  CHECK(nothing.absence->reason == "the branch was deleted");

  run.range.kind = ci::RangeKind::unresolved;
  run.range.gaps = {{GapKind::no_range, "base", "is not here", "fetch it"}};
  CHECK(has_gap(run(git), "base"));
  run.range.gaps.clear();
  CHECK(run(git).gaps.size() == 1);
}

}  // namespace sluice::secrets
