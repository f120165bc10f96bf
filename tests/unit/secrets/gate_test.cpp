// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"
#include "secrets/gate.hpp"
#include "secrets/template.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sluice::secrets {
namespace {

using test::GitFixture;

/// A GitHub token whose checksum fits; another for each name.
std::string
token(std::string_view name)
{
  return expand_template("ghp_{{base62:30}}{{checksum}}", name, Checksum::github);
}

constexpr std::string_view token_rule = "github-personal-access-token";

struct Run
{
  SecretsOptions options;
  ci::GitRange range;
  std::string standard_input;
  std::filesystem::path directory;  ///< where there is no repository

  Findings
  operator()(const GitFixture& fixture)
  {
    const git::Repository repository = git::Repository::open(fixture.path()).value();
    ci::GateInput input;
    input.repository = &repository;
    input.directory = fixture.path();
    return judged(input);
  }
  Findings
  without_repository()
  {
    ci::GateInput input;
    input.directory = directory;
    input.no_repository = "is in no repository";
    return judged(input);
  }
  Findings
  judged(ci::GateInput& input)
  {
    input.range = range;
    input.threads = 2;
    input.read_standard_input = [this]() -> Result<std::string> { return standard_input; };
    SecretsGate gate;
    gate.options = options;
    auto findings = gate.run(input);
    error = findings ? std::string() : findings.error().message;
    return findings ? std::move(*findings) : Findings{};
  }
  std::string error;
};

Run
scope(Scope scope)
{
  Run run;
  run.options.scope = scope;
  return run;
}

std::string
fact(const Finding& finding, std::string_view name)
{
  for (const Fact& each : finding.facts) {
    if (each.name == name) {
      return each.value;
    }
  }
  return {};
}

std::uint64_t
count(const Findings& findings, std::string_view unit)
{
  for (const Count& each : findings.coverage.counts) {
    if (each.unit == unit) {
      return each.value;
    }
  }
  return 0;
}

bool
has_gap(const Findings& findings, std::string_view subject)
{
  return std::any_of(findings.gaps.begin(), findings.gaps.end(),
                     [subject](const Gap& gap) { return gap.subject.find(subject) != std::string::npos; });
}

/// Everything that a finding says.
std::string
all_text(const Finding& finding)
{
  std::string text = finding.message + finding.help + finding.excerpt + finding.where.path + finding.fingerprint.hex;
  for (const Fact& each : finding.facts) {
    text += each.name + each.value;
  }
  return text;
}

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
  CHECK(fact(finding, "first commit") == first);
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
  CHECK(fact(finding, "first commit") == first);
  REQUIRE(finding.related.size() == 2);
  CHECK(finding.related[0] == Location{"a.txt", {1, 1}, {1, 41}, first});
  CHECK(finding.related[1].path == "b/c.txt");
  CHECK(finding.related[1].begin == Position{3, 3});
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
  CHECK(fact(present.found[0], "first commit") == first);
  CHECK(fact(present.found[0], "state") == "at HEAD");
  CHECK(fact(present.found[0], "seen") == "7 times");
  CHECK(present.found[0].where.path == "big.txt");

  git.commit("big.txt", text + "end\n", "Remove");
  git.git({"gc", "--quiet", "--aggressive", "--prune=now"});
  const Findings removed = scope(Scope::history)(git);
  REQUIRE(removed.found.size() == 1);
  CHECK(fact(removed.found[0], "first commit") == first);
  CHECK(removed.found[0].where.commit == first);
  CHECK(fact(removed.found[0], "seen") == "7 times");
  CHECK(removed.found[0].fingerprint == present.found[0].fingerprint);
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
    CHECK(fact(findings.found[0], "state") == "in a commit's or tag's message");
    CHECK(fact(findings.found[0], "first commit") == id);
  }
  SUBCASE("tag message")
  {
    git.git({"tag", "-a", "v1", "-m", "made with " + token("tag")});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(findings.found[0].where.begin == Position{1, 11});
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

ci::GitRange
range_of(GitFixture& git, const std::string& base, const std::string& head)
{
  ci::GitRange range;
  range.kind = ci::RangeKind::commits;
  range.heads = {*git::ObjectId::from_hex(git.git({"rev-parse", head}))};
  range.excluded = {*git::ObjectId::from_hex(git.git({"rev-parse", base}))};
  range.text = base + ".." + head;
  return range;
}

TEST_CASE("a range brings what it adds, also if it takes it away again")
{
  GitFixture git;
  const std::string before = git.commit("old.txt", "x=" + token("old") + "\n", "Before");
  const std::string leak = git.commit("new.txt", "line\n" + token("new") + "\n", "Leak");
  git.commit("new.txt", "line\n", "Remove");
  Run run = scope(Scope::automatic);
  run.range = range_of(git, before, "HEAD");
  const Findings findings = run(git);
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
  CHECK(moved.found.empty());
  CHECK(count(moved, "secrets that were there before") == 2);

  const std::string copy = git.commit("copy.txt", secret + "\n", "Copy");
  run.range = range_of(git, before, "HEAD");
  const Findings copied = run(git);
  REQUIRE(copied.found.size() == 1);
  CHECK(fact(copied.found[0], "first commit") == copy);
  CHECK(fact(copied.found[0], "state") == "at HEAD");
  CHECK(copied.found[0].where.path == "copy.txt");
  CHECK(copied.found[0].where.commit.empty());
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

  run.range.kind = ci::RangeKind::unresolved;
  run.range.gaps = {{"base", "is not here", "fetch it"}};
  CHECK(has_gap(run(git), "base"));
  run.range.gaps.clear();
  CHECK(run(git).gaps.size() == 1);
}

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
    (void)run.without_repository();
    CHECK(run.error.find("is in no repository") != std::string::npos);
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

TEST_CASE("excluded paths and disabled rules find nothing")
{
  GitFixture git;
  git.commit("vendor/a.txt", token("vendored"), "Vendor");
  git.commit("b.txt", token("own"), "Own");
  for (const Scope where : {Scope::history, Scope::worktree, Scope::automatic}) {
    CAPTURE(name_of(where));
    Run run = scope(where);
    run.options.exclude = {"vendor/"};
    CHECK(run(git).found.size() == 1);
    run.options.disable = {std::string(token_rule)};
    CHECK(run(git).found.empty());
  }
  Run typo = scope(Scope::history);
  typo.options.disable = {"github-personal-access-tokens"};
  (void)typo(git);
  CHECK(typo.error.find("did you mean github-personal-access-token") != std::string::npos);
}

TEST_CASE("a comment allows a secret if every line that has it now carries one")
{
  GitFixture git;
  const std::string secret = token("allowed");
  const std::string allowed = secret + "  # sluice:allow[github-personal-access-token] of a test account\n";
  git.commit("a.txt", secret + "\n", "Leak");
  git.commit("a.txt", allowed, "Allow");
  const Findings one = scope(Scope::history)(git);
  REQUIRE(one.found.size() == 1);
  REQUIRE(one.found[0].inline_allow.has_value());
  CHECK(one.found[0].inline_allow->reason == "of a test account");
  CHECK(one.found[0].inline_allow->where.line == 1);
  git.commit("b.txt", secret + "\n", "Another place");
  const Findings two = scope(Scope::history)(git);
  REQUIRE(two.found.size() == 1);
  CHECK_FALSE(two.found[0].inline_allow.has_value());
}

TEST_CASE("the same secret has the same fingerprint in every scope")
{
  GitFixture git;
  git.commit("start.txt", "x", "Start");
  git.write("a.txt", token("same"));
  git.git({"add", "a.txt"});
  const Findings staged = scope(Scope::staged)(git);
  git.commit("Leak");
  const Findings history = scope(Scope::history)(git);
  const Findings files = scope(Scope::worktree)(git);
  REQUIRE(staged.found.size() == 1);
  REQUIRE(history.found.size() == 1);
  REQUIRE(files.found.size() == 1);
  CHECK(staged.found[0].fingerprint == history.found[0].fingerprint);
  CHECK(files.found[0].fingerprint == history.found[0].fingerprint);
}

TEST_CASE("a repository with SHA-256 is read like any other")
{
  GitFixture git({"--object-format=sha256"});
  git.commit("a.txt", token("sha256"), "Leak");
  git.write("b.txt", token("sha256 uncommitted"));
  CHECK(scope(Scope::automatic)(git).found.size() == 2);
}

TEST_CASE("the gate describes its options")
{
  SecretsGate gate;
  config::OptionTable table;
  gate.describe(table);
  CHECK(table.keys() == std::vector<std::string_view>{"scope", "exclude", "disable", "max-file-size"});
  REQUIRE(table.find("scope")->set("staged"));
  CHECK(gate.options.scope == Scope::staged);
  CHECK(table.find("disable")->spec.trust == config::Trust::base_ref);
  CHECK(SecretsGate::rule_metas().size() >= 60);
}

}  // namespace
}  // namespace sluice::secrets
