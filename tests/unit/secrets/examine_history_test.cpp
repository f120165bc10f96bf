// SPDX-License-Identifier: Apache-2.0
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {

TEST_CASE("a secret that was removed is found with who brought it, where and when")
{
  GitFixture git;
  const std::string secret = token("removed");
  const std::string first = git.commit("config/app.env", "A=1\nTOKEN=" + secret + "\n", "Add configuration");
  git.commit("config/app.env", "A=1\n", "Remove it again");
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found.size() == 1);
  const Finding& finding = findings.found[0];
  CHECK(finding.rule->id == token_rule);
  CHECK(finding.where.path == "config/app.env");
  CHECK(finding.where.begin == Position{2, 7});
  CHECK(finding.where.end == Position{2, 47});
  CHECK(finding.where.commit == first);
  CHECK(fact(finding, "first-commit") == first);
  CHECK(fact(finding, "author").find('@') != std::string::npos);
  CHECK(fact(finding, "date").ends_with("Z"));
  CHECK(fact(finding, "state") == "no longer at HEAD, but in the history");
  CHECK(fact(finding, "checksum") == "fits");
  CHECK(finding.confidence == Confidence::high);
  CHECK(finding.excerpt == "TOKEN=" + secret.substr(0, 6) + "…(40 characters)");
  CHECK(all_text(finding).find(secret.substr(8)) == std::string::npos);
  CHECK(findings.gaps.empty());
  CHECK(count(findings, "commits") == 2);
  CHECK(count(findings, "bytes") > 0);
}

TEST_CASE("a clean repository has no findings and no gaps")
{
  GitFixture git;
  git.commit("README.md", "# Nothing here\n", "Start");
  const Findings findings = scope(Scope::automatic)(git);
  CHECK(findings.found.empty());
  CHECK(findings.gaps.empty());
}

TEST_CASE("a secret is one finding with all its places, the one at HEAD first")
{
  GitFixture git;
  const std::string secret = token("many places");
  const std::string first = git.commit("a.txt", secret + "\n", "One");
  git.commit("b/c.txt", "\n\n  " + secret + "\n", "Two");
  git.commit("a.txt", "moved\n" + secret + "\n", "Three");
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found.size() == 1);
  const Finding& finding = findings.found[0];
  CHECK(finding.where == Location{"a.txt", {2, 1}, {2, 41}, ""});
  CHECK(fact(finding, "state") == "at HEAD");
  CHECK(fact(finding, "first-commit") == first);
  REQUIRE(finding.related.size() == 2);
  CHECK(finding.related[0].where == Location{"a.txt", {1, 1}, {1, 41}, first});
  CHECK(finding.related[0].role == PlaceRole::cause);
  CHECK(finding.related[1].where.path == "b/c.txt");
  CHECK(finding.related[1].where.begin == Position{3, 3});
}

TEST_CASE("a secret is followed through every version of a packed file")
{
  GitFixture git;
  const std::string secret = token("deltas");
  std::string text;
  for (int line = 0; line < 400; ++line) {
    text += "line " + std::to_string(line * 7919) + " of a file that is long enough to be a delta\n";
  }
  const std::size_t middle = text.find('\n', text.size() / 2) + 1;
  git.commit("big.txt", text, "Start");
  std::string with = text;
  with.insert(middle, "token: " + secret + "\n");
  const std::string first = git.commit("big.txt", with, "Leak");
  for (int version = 0; version < 6; ++version) {
    with = "version " + std::to_string(version) + "\n" + with;
    git.commit("big.txt", with, "Grow");
  }
  git.git({"gc", "--quiet", "--aggressive", "--prune=now"});
  const Findings present = scope(Scope::history)(git);
  REQUIRE(present.found.size() == 1);
  CHECK(fact(present.found[0], "first-commit") == first);
  CHECK(fact(present.found[0], "state") == "at HEAD");
  CHECK(fact(present.found[0], "seen") == "7 times");
  CHECK(present.found[0].where.path == "big.txt");

  git.commit("big.txt", text + "end\n", "Remove");
  git.git({"gc", "--quiet", "--aggressive", "--prune=now"});
  const Findings removed = scope(Scope::history)(git);
  REQUIRE(removed.found.size() == 1);
  CHECK(fact(removed.found[0], "first-commit") == first);
  CHECK(removed.found[0].where.commit == first);
  CHECK(fact(removed.found[0], "seen") == "7 times");
  CHECK(removed.found[0].fingerprint == present.found[0].fingerprint);
}

TEST_CASE(
    "a secret that fills an excluded file is found where else it is, and an entry with a path does not cover it all")
{
  constexpr int more_than_are_kept = 50'010;
  GitFixture git;
  const std::string secret = token("flood");
  std::string flood;
  for (int i = 0; i < more_than_are_kept; ++i) {
    flood += secret + "\n";
  }
  git.commit("vendor/flood.txt", flood, "Flood");
  git.commit("src/prod.env", "T=" + secret + "\n", "Leak");
  git.commit("src/test.env", "T=" + secret + "\n", "Leak again");
  Run run = scope(Scope::history);
  run.options.exclude = {"vendor/"};
  const Findings findings = run(git);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].where.path == "src/prod.env");
  CHECK(findings.found[0].places_left_out >= 10);
  CHECK_FALSE(findings.found[0].inline_allow);
}

TEST_CASE("no mark counts in the header of a commit or tag, and none there for its message")
{
  GitFixture git;
  const std::string start = git.commit("a.txt", "text\n", "Start");
  const auto check_unmarked = [&git, &start] {
    Run run = scope(Scope::range);
    run.range = range_of(git, start, "HEAD");
    for (const Findings& findings : {scope(Scope::history)(git), run(git)}) {
      REQUIRE(findings.found.size() == 1);
      CHECK_FALSE(findings.found[0].inline_allow);
    }
  };
  SUBCASE("its own line")
  {
    const std::string author = token("author") + " sluice:allow[github-personal-access-token] mine";
    git.git({"commit", "-q", "--allow-empty", "--author", author + " <a@example.org>", "-m", "x"});
    check_unmarked();
  }
  SUBCASE("a line before a block of the message")
  {
    const std::string author = "sluice:allow-next-line[github-personal-access-token] mine ``` ` <a@example.org>";
    git.git({"-c", "user.name=x ` y", "commit", "-q", "--allow-empty", "--author", author, "-m", token("message")});
    check_unmarked();
  }
  SUBCASE("the tagger")
  {
    const std::string name = token("tagger") + " sluice:allow[github-personal-access-token] mine";
    git.git({"update-ref", "refs/tags/v1",
             git.git({"hash-object", "-t", "tag", "-w", "--literally", "--stdin"},
                     "object " + start + "\ntype commit\ntag v1\ntagger " + name + " <a@b> 1700000000 +0000\n\nx\n")});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK_FALSE(findings.found[0].inline_allow);
  }
  SUBCASE("the message's own mark does")
  {
    git.git({"commit", "-q", "--allow-empty", "-m",
             token("message") + " sluice:allow[github-personal-access-token] a sample"});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(findings.found[0].inline_allow);
  }
}

TEST_CASE("messages, stashes and what no branch has are part of the history")
{
  GitFixture git;
  git.commit("a.txt", "text\n", "Start");
  SUBCASE("commit message")
  {
    const std::string secret = token("message");
    const std::string id = git.commit("a.txt", "more\n", "Use a token\n\nIt is " + secret);
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(findings.found[0].where == Location{"", {3, 7}, {3, 47}, id});
    CHECK(fact(findings.found[0], "state") == "in a commit's message");
    CHECK(fact(findings.found[0], "first-commit") == id);
  }
  SUBCASE("tag message")
  {
    git.git({"tag", "-a", "v1", "-m", "made with " + token("tag")});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(findings.found[0].where.begin == Position{1, 11});
    CHECK(fact(findings.found[0], "state") == "only in a tag");
    CHECK(findings.found[0].where.commit == git.git({"rev-parse", "v1^{commit}"}));
    CHECK(fact(findings.found[0], "object") == git.git({"rev-parse", "v1"}));
  }
  SUBCASE("an author's name")
  {
    const std::string secret = token("author");
    git.git({"commit", "--quiet", "--allow-empty", "--author", secret + " <a@example.org>", "-m", "Odd"});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(findings.found[0].where.begin.line == 0);
    CHECK(fact(findings.found[0], "author").find("<a@example.org>") != std::string::npos);
    CHECK(all_text(findings.found[0]).find(secret.substr(8)) == std::string::npos);
  }
  SUBCASE("stash")
  {
    git.write("a.txt", token("stash"));
    git.git({"stash"});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(fact(findings.found[0], "state") == "in a stash, in no branch or tag");
  }
  SUBCASE("dangling")
  {
    const std::string id = git.git({"hash-object", "-w", "--stdin"}, token("dangling"));
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(fact(findings.found[0], "state") == "in an object that no branch, tag or stash has");
    CHECK(fact(findings.found[0], "object") == id);
    CHECK(findings.found[0].where.path.empty());
  }
  SUBCASE("a branch that was thrown away")
  {
    git.commit("b.txt", token("reset"), "Leak");
    git.git({"reset", "--hard", "--quiet", "HEAD~1"});
    CHECK(scope(Scope::history)(git).found.size() == 1);
  }
}

TEST_CASE("what no branch removed is not said to be removed")
{
  GitFixture git;
  git.commit("a.txt", "text\n", "Start");
  git.git({"checkout", "--quiet", "-b", "feature/x"});
  SUBCASE("at the tip of a branch that was not merged")
  {
    git.commit("s.env", token("unmerged"), "Leak");
    git.git({"checkout", "--quiet", "main"});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(fact(findings.found[0], "state") == "at the tip of feature/x, not at HEAD");
    CHECK(findings.found[0].message.find("removed") == std::string::npos);
  }
  SUBCASE("removed on that branch")
  {
    git.commit("s.env", token("unmerged"), "Leak");
    git.commit("s.env", "none\n", "Remove");
    git.git({"checkout", "--quiet", "main"});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(fact(findings.found[0], "state") == "no longer at HEAD, but in the history");
  }
  SUBCASE("in a commit that only a tag has")
  {
    git.commit("s.env", token("tagged"), "Leak");
    git.git({"tag", "v1"});
    git.git({"checkout", "--quiet", "main"});
    git.git({"branch", "-D", "feature/x"});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(fact(findings.found[0], "state") == "only in a tag");
  }
  SUBCASE("in a stash and in the history")
  {
    const std::string secret = token("stashed and committed");
    git.write("a.txt", secret);
    git.git({"stash"});
    git.commit("s.env", secret, "Leak");
    git.commit("s.env", "none\n", "Remove");
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(fact(findings.found[0], "state") == "no longer at HEAD, but in the history");
  }
}

TEST_CASE("what the history does not hold is a gap")
{
  GitFixture git;
  git.commit("a.txt", "one\n", "One");
  git.commit("a.txt", "two\n", "Two");
  SUBCASE("shallow clone")
  {
    const GitFixture shallow = git.clone({"--depth", "1"});
    CHECK(has_gap(scope(Scope::history)(shallow), "shallow clone"));
  }
  SUBCASE("partial clone")
  {
    git.git({"config", "uploadpack.allowFilter", "true"});
    const GitFixture partial = git.clone({"--filter=blob:none", "--no-checkout"});
    const Findings findings = scope(Scope::history)(partial);
    CHECK(has_gap(findings, "partial clone"));
  }
  SUBCASE("Git LFS")
  {
    git.commit("large.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "Large");
    CHECK(has_gap(scope(Scope::history)(git), "Git LFS"));
    CHECK(has_gap(scope(Scope::worktree)(git), "Git LFS"));
  }
  SUBCASE("a submodule")
  {
    GitFixture inner;
    inner.commit("x", "x", "x");
    git.git({"-c", "protocol.file.allow=always", "submodule", "add", "--quiet", inner.path().string(), "sub"});
    git.commit("Add a submodule");
    CHECK_FALSE(scope(Scope::history)(git).gaps.empty());
  }
  SUBCASE("an object that is too large")
  {
    git.commit("large.txt", std::string(2U << 20U, 'a'), "Large");
    Run run = scope(Scope::history);
    run.options.max_file_size = 1;
    CHECK(run(git).gaps.size() == 1);
    Run files = scope(Scope::worktree);
    files.options.max_file_size = 1;
    CHECK(has_gap(files(git), "large.txt"));
  }
}

TEST_CASE("an object that another one or a ref names and that is not here is a gap")
{
  for (const char* revision : {"HEAD~1:a.txt", "HEAD~1^{tree}", "HEAD~1", "v1"}) {
    GitFixture git;
    git.commit("a.txt", "one\n", "One");
    git.git({"tag", "-a", "v1", "-m", "tag"});
    git.commit("a.txt", token("stands"), "Two");
    const std::string id = git.git({"rev-parse", revision});
    std::filesystem::remove(git.path() / ".git/objects" / id.substr(0, 2) / id.substr(2));
    const Findings findings = scope(Scope::history)(git);
    CAPTURE(revision);
    CHECK(findings.found.size() == 1);
    REQUIRE(findings.gaps.size() == 1);
    CHECK(findings.gaps[0].kind == GapKind::missing_object);
    CHECK(findings.gaps[0].subject == "object " + id);
    CHECK_FALSE(findings.gaps[0].fix.empty());
  }
}

TEST_CASE("what only garbage names, and the empty tree, may be absent")
{
  GitFixture git;
  const std::string empty = git.git({"hash-object", "-t", "tree", "--stdin"}, "");
  git.git({"commit", "--quiet", "--allow-empty", "-m", "Empty"});
  git.commit("a.txt", "one\n", "One");
  git.commit("a.txt", "two\n", "Thrown away");
  git.commit("a.txt", "three\n", "Thrown away with it");
  const auto remove = [&git](const std::string& id) {
    std::filesystem::remove(git.path() / ".git/objects" / id.substr(0, 2) / id.substr(2));
  };
  remove(empty);
  const std::string parent = git.git({"rev-parse", "HEAD~1"});
  git.git({"reset", "--quiet", "--hard", "HEAD~2"});
  remove(parent);
  CHECK(scope(Scope::history)(git).gaps.empty());
}

TEST_CASE("a copy of a partial clone without its configuration is told as one")
{
  GitFixture git;
  git.commit("a.txt", "one\n", "One");
  git.git({"config", "uploadpack.allowFilter", "true"});
  GitFixture partial = git.clone({"--filter=blob:none", "--no-checkout"});
  partial.git({"config", "--unset", "remote.origin.promisor"});
  partial.git({"config", "--unset", "remote.origin.partialclonefilter"});
  CHECK(has_gap(scope(Scope::history)(partial), "partial clone"));
}

TEST_CASE("an object that is not what its name says is corrupt")
{
  GitFixture git;
  git.commit("a.txt", token("swapped"), "One");
  git.commit("b.txt", "harmless\n", "Two");
  const auto file_of = [&](const std::string& revision) {
    const std::string id = git.git({"rev-parse", revision});
    return git.path() / ".git/objects" / id.substr(0, 2) / id.substr(2);
  };
  std::filesystem::remove(file_of("HEAD:a.txt"));
  std::filesystem::copy_file(file_of("HEAD:b.txt"), file_of("HEAD:a.txt"));
  Run range = scope(Scope::range);
  range.range = range_of(git, "HEAD~1", "HEAD");
  range.range.excluded.clear();
  for (Run run : {scope(Scope::history), range}) {
    const Findings findings = run(git);
    REQUIRE(findings.gaps.size() == 1);
    CHECK(findings.gaps[0].kind == GapKind::corrupt_object);
    CHECK(findings.gaps[0].subject == "object " + git.git({"rev-parse", "HEAD:a.txt"}));
  }
}

TEST_CASE("a repository with SHA-256 is read like any other")
{
  GitFixture git({"--object-format=sha256"});
  git.commit("a.txt", token("sha256"), "Leak");
  git.write("b.txt", token("sha256 uncommitted"));
  CHECK(scope(Scope::automatic)(git).found.size() == 2);
}

}  // namespace sluice::secrets
