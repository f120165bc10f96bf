// SPDX-License-Identifier: Apache-2.0
//
// What is moved and what is copied, in each scope that sees a change, and what an author's comment makes of it.
#include "base/glob.hpp"
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace sluice::secrets {

namespace {

const std::string mark = "  # sluice:allow[github-personal-access-token] of a test account\n";

std::vector<std::string>
paths_found(const Findings& findings)
{
  std::vector<std::string> paths;
  for (const Finding& finding : findings.found) {
    paths.push_back(finding.where.path);
  }
  return paths;
}

/// The range of what `change` does and what it brings, after a commit in which `path` holds a secret.
class Changed
{
public:
  explicit Changed(const std::string& path, const std::string& behind = "\n")
  {
    git.commit(path, secret + behind, "Start");
    git.commit("other.txt", "x\n", "More");
    git.git({"branch", "base"});
  }

  Findings
  range(Run run = scope(Scope::range))
  {
    run.range = range_of(git, "base", "HEAD");
    Findings findings = run(git);
    std::erase_if(findings.found, [](const Finding& finding) { return finding.is_older; });
    return findings;
  }

  GitFixture git;
  std::string secret = token("moved");
};

Run
excluding(Scope where, std::string glob)
{
  Run run = scope(where);
  run.options.exclude = {std::move(glob)};
  return run;
}

Run
allowing(Scope where, std::string glob)
{
  Run run = scope(where);
  run.is_suppressed = [glob](const Finding& finding) { return Glob(glob).matches(finding.where.path); };
  return run;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a range: what is moved is known, what is copied is new, also while its first file is edited")
{
  Changed moved("a.txt");
  moved.git.git({"mv", "a.txt", "b.txt"});
  moved.git.commit("Move");
  CHECK(moved.range().found.empty());

  Changed copied("a.txt");
  copied.git.write("a.txt", "edited\n" + copied.secret + "\n");
  copied.git.commit("b.txt", copied.secret + "\n", "Copy");
  CHECK(paths_found(copied.range()) == Paths{"b.txt"});

  Changed split("a.txt");
  split.git.git({"rm", "-q", "a.txt"});
  split.git.write("b.txt", split.secret + " b\n");
  split.git.commit("c.txt", split.secret + " c\n", "Split");
  CHECK(paths_found(split.range()) == Paths{"c.txt"});
}

TEST_CASE("a range: what is moved away and brought back is a copy in two steps; moved back it is not")
{
  Changed change("a.txt");
  change.git.git({"mv", "a.txt", "b.txt"});
  change.git.commit("Move");
  change.git.commit("a.txt", change.secret + "\n", "Bring back");
  const Findings findings = change.range();
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where.path == "a.txt");
  CHECK(std::any_of(findings.found[0].related.begin(), findings.found[0].related.end(),
                    [](const RelatedPlace& place) { return place.where.path == "b.txt"; }));

  Changed back("a.txt");
  back.git.git({"mv", "a.txt", "b.txt"});
  back.git.commit("Move");
  back.git.git({"mv", "b.txt", "a.txt"});
  back.git.commit("Move back");
  CHECK(back.range().found.empty());
}

TEST_CASE("a range: what two sides of a merge move to two places is a copy")
{
  for (const bool is_removed_later : {false, true}) {
    CAPTURE(is_removed_later);
    Changed change("a.txt");
    change.git.git({"checkout", "-q", "-b", "side"});
    change.git.git({"mv", "a.txt", "c.txt"});
    change.git.commit("Move aside");
    change.git.git({"checkout", "-q", "main"});
    change.git.git({"mv", "a.txt", "b.txt"});
    change.git.commit("Move");
    change.git.git({"merge", "-q", "-s", "ours", "--no-commit", "side"});
    change.git.git({"checkout", "side", "--", "c.txt"});
    change.git.commit("Merge");
    if (is_removed_later) {
      change.git.git({"rm", "-q", "c.txt"});
      change.git.commit("Remove");
    }
    const Findings findings = change.range();
    REQUIRE(findings.found.size() == 1);
  }
}

TEST_CASE("a range: what a merge keeps where one of its sides moved it away is a copy")
{
  Changed change("a.txt");
  change.git.git({"checkout", "-q", "-b", "side"});
  change.git.commit("x.txt", "x\n", "Beside");
  change.git.git({"checkout", "-q", "main"});
  change.git.git({"mv", "a.txt", "b.txt"});
  change.git.commit("Move");
  change.git.git({"merge", "-q", "--no-commit", "side"});
  change.git.git({"checkout", "side", "--", "a.txt"});
  change.git.commit("Merge");
  CHECK(paths_found(change.range()) == Paths{"b.txt"});
}

TEST_CASE("a range: what it and the base it merges move to two places is a copy")
{
  Changed change("a.txt");
  change.git.git({"checkout", "-q", "base"});
  change.git.git({"mv", "a.txt", "c.txt"});
  change.git.commit("Move at the base");
  change.git.git({"checkout", "-q", "main"});
  change.git.git({"mv", "a.txt", "b.txt"});
  change.git.commit("Move");
  change.git.git({"merge", "-q", "-s", "ours", "--no-commit", "base"});
  change.git.git({"checkout", "base", "--", "c.txt"});
  change.git.commit("Merge");
  CHECK(change.range().found.size() == 1);
}

TEST_CASE("a range: what an entry allows at another path does not make a move a copy")
{
  Changed change("a.txt");
  change.git.git({"checkout", "-q", "base"});
  change.git.commit("tests/a.txt", change.secret + "\n", "For a test");
  change.git.git({"checkout", "-q", "main"});
  change.git.git({"reset", "-q", "--hard", "base"});
  change.git.git({"mv", "a.txt", "b.txt"});
  change.git.commit("Move");
  CHECK(change.range(allowing(Scope::range, "tests/**")).found.empty());
}

TEST_CASE("a range: a merge that keeps one end of a move has brought nothing")
{
  Changed change("a.txt");
  change.git.git({"checkout", "-q", "-b", "side"});
  change.git.git({"mv", "a.txt", "c.txt"});
  change.git.commit("Move aside");
  change.git.git({"checkout", "-q", "main"});
  change.git.git({"mv", "a.txt", "b.txt"});
  change.git.commit("Move");
  change.git.git({"merge", "-q", "-s", "ours", "side"});
  CHECK(change.range().found.empty());
}

TEST_CASE("a range: what leaves an excluded path, or one that an entry allows, is new where it goes")
{
  for (const bool is_copy : {false, true}) {
    CAPTURE(is_copy);
    Changed change("tests/a.txt");
    change.git.write("b.txt", change.secret + "\n");
    if (!is_copy) {
      change.git.git({"rm", "-q", "tests/a.txt"});
    }
    change.git.commit("Move out");
    CHECK(paths_found(change.range(excluding(Scope::range, "tests/"))) == Paths{"b.txt"});
    CHECK(paths_found(change.range(allowing(Scope::range, "tests/**"))) == Paths{"b.txt"});
    CHECK(change.range().found.size() == (is_copy ? 1 : 0));
  }
}

TEST_CASE("a range: what an entry allows at its path is told there again when its file is edited, to be counted")
{
  Changed change("tests/a.txt");
  change.git.commit("tests/a.txt", "edited\n" + change.secret + "\n", "Edit");
  CHECK(paths_found(change.range(allowing(Scope::range, "tests/**"))) == Paths{"tests/a.txt"});
}

TEST_CASE("a range: who takes the comment off a line brings the secret, and who moves it without one as well")
{
  Run run = scope(Scope::range);
  run.is_suppressed = [](const Finding& finding) { return finding.inline_allow.has_value(); };
  Changed bare("a.txt", mark);
  bare.git.commit("a.txt", bare.secret + "\n", "Take it off");
  REQUIRE(bare.range(run).found.size() == 1);
  CHECK_FALSE(bare.range(run).found[0].inline_allow);

  Changed moved("a.txt", mark);
  moved.git.git({"rm", "-q", "a.txt"});
  moved.git.commit("b.txt", moved.secret + "\n", "Move");
  CHECK(paths_found(moved.range(run)) == Paths{"b.txt"});
}

TEST_CASE("a range: a merge that copies a secret brings it, whatever its parents did to the file that has it")
{
  GitFixture git;
  const std::string secret = token("merged");
  git.commit("a.txt", secret + "\n", "Start");
  git.git({"branch", "base"});
  git.git({"checkout", "-q", "-b", "side"});
  git.commit("a.txt", "edited\n" + secret + "\n", "Edit");
  git.git({"checkout", "-q", "main"});
  git.commit("m.txt", "m\n", "Main");
  git.git({"merge", "-q", "--no-ff", "--no-commit", "side"});
  git.commit("b.txt", secret + "\n", "Merge, and copy");
  Run run = scope(Scope::range);
  run.range = range_of(git, "base", "HEAD");
  CHECK(paths_found(run(git)) == Paths{"b.txt"});
}

TEST_CASE("what is staged: moved is known, copied or out of an excluded or allowed path is new")
{
  Changed change("tests/a.txt");
  change.git.git({"mv", "tests/a.txt", "b.txt"});
  CHECK(scope(Scope::staged)(change.git).found.empty());
  CHECK(paths_found(excluding(Scope::staged, "tests/")(change.git)) == Paths{"b.txt"});
  CHECK(paths_found(allowing(Scope::staged, "tests/**")(change.git)) == Paths{"b.txt"});
  change.git.git({"reset", "-q", "--hard"});
  change.git.write("b.txt", change.secret + "\n");
  change.git.git({"add", "b.txt"});
  CHECK(paths_found(scope(Scope::staged)(change.git)) == Paths{"b.txt"});
  change.git.write("tests/a.txt", "gone\n");
  change.git.git({"add", "tests/a.txt"});
  CHECK(scope(Scope::staged)(change.git).found.empty());
}

TEST_CASE("the history knows what one commit moved, and that a copy or a later return is none")
{
  Changed moved("a.txt");
  moved.git.git({"mv", "a.txt", "b.txt"});
  moved.git.commit("Move");
  moved.git.git({"mv", "b.txt", "c.txt"});
  moved.git.commit("Again");
  const Findings findings = scope(Scope::history)(moved.git);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].moves
        == std::vector<Move>{{.from = "a.txt", .to = "b.txt"}, {.from = "b.txt", .to = "c.txt"}});
  CHECK(findings.extent == Extent::whole);
  CHECK(moved.range().extent == Extent::part);

  Changed returned("a.txt");
  returned.git.git({"rm", "-q", "a.txt"});
  returned.git.commit("Remove");
  returned.git.commit("b.txt", returned.secret + "\n", "Return");
  CHECK(scope(Scope::history)(returned.git).found[0].moves.empty());
  CHECK(excluding(Scope::history, "a.txt")(moved.git).found[0].moves
        == std::vector<Move>{{.from = "b.txt", .to = "c.txt"}});
}

TEST_CASE("a comment that a later commit adds counts for the earlier ones, and one that is taken away does not")
{
  const auto allowed = [](const std::vector<std::string>& versions, const Run& run_of, bool is_deleted) {
    GitFixture git;
    git.commit("start.txt", "x\n", "Start");
    git.git({"branch", "base"});
    for (std::size_t i = 0; i < versions.size(); ++i) {
      git.commit("a.txt", versions[i], fmt::format("Version {}", i));
    }
    if (is_deleted) {
      git.git({"rm", "-q", "a.txt"});
      git.commit("Remove");
    }
    Run run = run_of;
    if (run.options.scope == Scope::range) {
      run.range = range_of(git, "base", "HEAD");
    }
    const Findings findings = run(git);
    REQUIRE(findings.found.size() == 1);
    return findings.found[0].inline_allow.has_value();
  };
  const std::string bare = token("line") + "\n";
  const std::string marked = token("line") + mark;
  const std::string edited = "edited\n" + marked;
  for (const Scope where : {Scope::range, Scope::history}) {
    for (const bool is_deleted : {false, true}) {
      CAPTURE(name_of(where));
      CAPTURE(is_deleted);
      Run run = scope(where);
      run.is_suppressed = [](const Finding& finding) { return finding.inline_allow.has_value(); };
      CHECK(allowed({marked}, run, is_deleted));
      CHECK(allowed({bare, marked}, run, is_deleted));
      CHECK(allowed({bare, marked, edited}, run, is_deleted));
      CHECK_FALSE(allowed({bare}, run, is_deleted));
      CHECK_FALSE(allowed({marked, bare}, run, is_deleted));
      CHECK_FALSE(allowed({bare, marked, bare}, run, is_deleted));
    }
  }
}

TEST_CASE("a comment that comes with a move counts for where the line was")
{
  Changed change("a.txt");
  change.git.git({"rm", "-q", "a.txt"});
  change.git.commit("b.txt", change.secret + mark, "Move");
  change.git.git({"rm", "-q", "b.txt"});
  change.git.commit("Remove");
  const Findings findings = scope(Scope::history)(change.git);
  REQUIRE(findings.found.size() == 1);
  REQUIRE(findings.found[0].inline_allow);
  CHECK(findings.found[0].inline_allow->path == "b.txt");
  CHECK(findings.found[0].inline_allow->where.line == 1);
}

TEST_CASE("what is on disk decides before HEAD")
{
  Changed change("a.txt");
  change.git.write("a.txt", change.secret + mark);
  CHECK(scope(Scope::automatic)(change.git).found[0].inline_allow);
  change.git.git({"commit", "-q", "-a", "-m", "Mark"});
  CHECK(scope(Scope::automatic)(change.git).found[0].inline_allow);
  change.git.write("a.txt", "edited\n" + change.secret + "\n");
  CHECK_FALSE(scope(Scope::automatic)(change.git).found[0].inline_allow);
}

}  // namespace sluice::secrets
