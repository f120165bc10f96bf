// SPDX-License-Identifier: Apache-2.0
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {

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
    run.disable = {std::string(token_rule)};
    CHECK(run(git).found.empty());
  }
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

TEST_CASE("a comment at one path says nothing of another, of a message, a tag or a file that is gone")
{
  const std::string secret = token("allowed");
  const std::string marked = secret + "  # sluice:allow[github-personal-access-token] of a test account\n";
  GitFixture git;
  git.commit("a.env", marked, "Allow");
  REQUIRE(scope(Scope::history)(git).found.at(0).inline_allow);
  bool is_allowed = false;
  SUBCASE("a commit's message")
  {
    git.commit("x.txt", "x\n", "Use " + secret);
  }
  SUBCASE("a tag's message")
  {
    git.git({"tag", "-a", "v1", "-m", "made with " + secret});
  }
  SUBCASE("a file that is gone and was never marked")
  {
    git.commit("b.env", secret + "\n", "Leak");
    git.git({"rm", "-q", "b.env"});
    git.commit("Remove");
  }
  SUBCASE("a file that is gone and lost its mark")
  {
    git.commit("b.env", marked, "Allow");
    git.commit("b.env", secret + "\n", "Take it off");
    git.git({"rm", "-q", "b.env"});
    git.commit("Remove");
  }
  SUBCASE("a file that is gone and had a mark in the end")
  {
    git.commit("b.env", secret + "\n", "Leak");
    git.commit("b.env", marked, "Allow");
    git.git({"rm", "-q", "b.env"});
    git.commit("Remove");
    is_allowed = true;
  }
  SUBCASE("a message that carries a mark of its own")
  {
    git.commit("x.txt", "x\n", "Use " + marked);
    is_allowed = true;
  }
  SUBCASE("another version on a branch")
  {
    git.git({"checkout", "-q", "-b", "side"});
    git.commit("b.env", secret + "\n", "Leak");
    git.git({"checkout", "-q", "main"});
  }
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found.size() == 1);
  CHECK(findings.found[0].inline_allow.has_value() == is_allowed);
  const auto& covered = findings.found[0].marked;
  CHECK(std::any_of(covered.begin(), covered.end(), [](const MarkedPath& each) { return each.path == "a.env"; }));
  CHECK(covered.size() == (is_allowed ? 2 : 1));
}

TEST_CASE("a comment on the line before allows what begins on the next, and nothing further down")
{
  GitFixture git;
  const std::string mark = "# sluice:allow-next-line[github-personal-access-token] a fixture\n";
  git.commit("a.properties", "x=1\n" + mark + "t=" + token("allowed") + "\n", "Allow");
  git.commit("b.properties", mark + "x=1\nt=" + token("open") + "\n", "Leak");
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found.size() == 2);
  const bool is_first = findings.found[0].where.path == "a.properties";
  const Finding& allowed = findings.found[is_first ? 0 : 1];
  const Finding& open = findings.found[is_first ? 1 : 0];
  REQUIRE(allowed.inline_allow);
  CHECK(allowed.inline_allow->where.line == 2);
  CHECK_FALSE(open.inline_allow);
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

TEST_CASE("the gate describes its options")
{
  SecretsOptions options;
  config::OptionTable table;
  describe(options, table);
  CHECK(table.keys() == std::vector<std::string_view>{"scope", "exclude", "max-file-size"});
  REQUIRE(table.find("scope")->set("staged"));
  CHECK(options.scope == Scope::staged);
  CHECK(table.find("exclude")->spec.trust == config::Trust::base_ref);
  CHECK(type().rules.size() >= 60);
}

TEST_CASE("a gate that has nothing to look at says why")
{
  GitFixture git;
  const Findings fresh = scope(Scope::automatic)(git);
  REQUIRE(fresh.absence);
  CHECK(fresh.absence->kind == Absence::Kind::no_subject);
  const Findings staged = scope(Scope::staged)(git);
  REQUIRE(staged.absence);
  CHECK(staged.absence->kind == Absence::Kind::nothing_to_do);
  CHECK(staged.absence->reason == "nothing is staged");
  git.commit("a.txt", "a", "Start");
  CHECK_FALSE(scope(Scope::automatic)(git).absence);
  CHECK_FALSE(scope(Scope::worktree)(git).absence);
}

}  // namespace sluice::secrets
