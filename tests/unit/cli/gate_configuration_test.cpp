// SPDX-License-Identifier: Apache-2.0
//
// What decides about a run's findings: rules, configuration, baseline, and whose they are.
#include "base/path.hpp"
#include "support/git_fixture.hpp"
#include "unit/cli/fake_gate.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using test::Ran;
using test::run;
using test::text_of;

TEST_CASE("a preview is off until it is asked for")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  CHECK(run(at, {"--outcome", "newer"}).status == 0);
  CHECK(run(at, {"--outcome", "newer", "--preview", "age-secret-key"}).status == 1);
  CHECK(run(at, {"--outcome", "newer", "--preview", "all"}).status == 1);
  CHECK(run(at, {"--outcome", "newer", "--preview", "all", "--disable", "age-secret-key"}).status == 0);
}

TEST_CASE("an id that is no rule of any gate is an error by flag and for a severity, and a notice in a file")
{
  test::GitFixture repository;
  const auto& at = repository.path();
  CHECK(run(at, {"--disable", "json-web-tokens"}).err.find("did you mean json-web-token?") != std::string::npos);
  CHECK(run(at, {"--disable", "json-web-tokens"}).status == 2);
  repository.write(".sluice.yml", "disable: [json-web-tokens, drop-column]\nallow:\n  - {rule: drop-colum, reason: r, "
                                  "expires: 2026-12-31}\n");
  const Ran noticed = run(at, {});
  CHECK(noticed.status == 0);
  CHECK(noticed.out.find("json-web-tokens") != std::string::npos);
  CHECK(noticed.out.find("drop-colum\"") != std::string::npos);
  CHECK(noticed.out.find("drop-column\"") == std::string::npos);
  repository.write(".sluice.yml", "severity: {json-web-tokens: low}\n");
  CHECK(run(at, {}).status == 2);
}

TEST_CASE("values that do not fit are refused at their place")
{
  test::GitFixture repository;
  repository.write(".sluice.yml", "secrets:\n  outcome: impossible\n");
  const Ran ran = run(repository.path(), {});
  CHECK(ran.status == 2);
  CHECK(ran.err == "sluice-secrets: .sluice.yml:2:12: \"outcome\" cannot be that\n");
}

TEST_CASE("a configuration under nearly the right name is told")
{
  test::GitFixture repository;
  repository.write(".sluice.yaml", "fail-on: none\n");
  const Ran ran = run(repository.path(), {"--outcome", "finding"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find(".sluice.yaml: is not read; the configuration is called .sluice.yml") != std::string::npos);
}

TEST_CASE("a baseline is created once, covers, and an update drops what the whole no longer has")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  const std::vector<std::string> base{"--outcome", "finding", "--baseline", "b.json"};
  auto with = [&base](std::initializer_list<std::string> more) {
    std::vector<std::string> all = base;
    all.insert(all.end(), more);
    return all;
  };
  CHECK(run(at, base).status == 2);
  CHECK(run(at, with({"--baseline-action", "update"})).err.find("use --baseline-action create") != std::string::npos);
  const Ran created = run(at, with({"--baseline-action", "create"}));
  CHECK(created.status == 0);
  CHECK(created.out.find("the baseline has 1 entry of secrets now, before it had 0") != std::string::npos);
  CHECK(text_of(at / "b.json").find(std::string(64, 'f')) != std::string::npos);
  CHECK(run(at, base).status == 0);
  const Ran again = run(at, with({"--baseline-action", "create"}));
  CHECK(again.status == 2);
  CHECK(again.err.find("exists already and has findings of secrets") != std::string::npos);
  CHECK(run(at, {"--baseline", "b.json"}).out.find("1 entry fits nothing any more") == std::string::npos);
  CHECK(run(at, {"--baseline", "b.json", "--baseline-action", "update"}).status == 0);
  CHECK(run(at, base).status == 0);
  const std::vector<std::string> whole{"--outcome", "whole", "--baseline", "b.json"};
  const Ran stale = run(at, whole);
  CHECK(stale.status == 0);
  CHECK(stale.out.find("1 entry fits nothing any more: ") != std::string::npos);
  CHECK(run(at, {"--outcome", "whole", "--baseline", "b.json", "--baseline-action", "update"}).status == 0);
  CHECK(run(at, base).status == 1);
}

TEST_CASE("a baseline keeps the entries of other gates, and what its rule is off for")
{
  test::GitFixture repository;
  const auto& at = repository.path();
  const std::string other =
      R"({"gate":"migrations","rule":"drop-column","path":"m/1.sql","fingerprint":")" + std::string(64, 'e') + "\"}";
  repository.write("b.json", R"({"schema":"sluice.baseline/2","findings":[)" + other + "]}");
  const auto action = [&at](std::string outcome, std::string what) {
    return run(at, {"--outcome", std::move(outcome), "--baseline", "b.json", "--baseline-action", std::move(what)});
  };
  CHECK(action("finding", "create").status == 0);
  CHECK(text_of(at / "b.json").find(other) != std::string::npos);
  CHECK(text_of(at / "b.json").find("\"gate\":\"secrets\"") != std::string::npos);
  CHECK(run(at, {"--outcome", "whole", "--baseline", "b.json", "--baseline-action", "update", "--disable",
                 "json-web-token"})
            .status
        == 0);
  CHECK(text_of(at / "b.json").find("\"gate\":\"secrets\"") != std::string::npos);
  CHECK(action("whole", "update").status == 0);
  CHECK(text_of(at / "b.json").find(other) != std::string::npos);
  CHECK(text_of(at / "b.json").find("\"gate\":\"secrets\"") == std::string::npos);
}

TEST_CASE("what an entry or a comment allows is not written into the baseline")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  CHECK(run(at, {"--outcome", "marked", "--baseline", "b.json", "--baseline-action", "create"}).status == 0);
  CHECK(text_of(at / "b.json").find("fingerprint") == std::string::npos);
}

TEST_CASE("a baseline is written through no link of the tree")
{
  const test::GitFixture repository;
  const TemporaryDirectory elsewhere = TemporaryDirectory::create().value();
  std::filesystem::create_symlink(elsewhere.path() / "stolen.json", repository.path() / "b.json");
  const Ran ran =
      run(repository.path(), {"--outcome", "finding", "--baseline", "b.json", "--baseline-action", "create"});
  CHECK(ran.status == 2);
  CHECK(ran.err.find("b.json") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(elsewhere.path() / "stolen.json"));
}

TEST_CASE("a baseline that is none is a plain error that names it")
{
  test::GitFixture repository;
  for (const char* text : {"{\"schema\": 5}", "[]", "", "{\"schema\":\"sluice.baseline/2\",\"findings\":[5]}",
                           "{\"schema\":\"sluice.baseline/1\",\"findings\":[]}"}) {
    CAPTURE(text);
    repository.write("b.json", text);
    for (const char* action : {"check", "update", "create"}) {
      const Ran ran = run(repository.path(), {"--baseline", "b.json", "--baseline-action", action});
      CHECK(ran.status == 2);
      CHECK(ran.err.starts_with("sluice-secrets: b.json: "));
      CHECK(ran.err.find("internal") == std::string::npos);
    }
  }
}

TEST_CASE("a pull request's own configuration cannot weaken the gate; its base branch's counts")
{
  test::GitFixture repository;
  repository.write(".sluice.yml", "fail-on: high\n");
  const std::string base = repository.commit("base");
  repository.git({"checkout", "-q", "-b", "change"});
  repository.write(".sluice.yml", "fail-on: none\nsecrets:\n  outcome: finding\n  exclude: ['**']\n");
  const std::string head = repository.commit("weaken");
  const TemporaryDirectory files = TemporaryDirectory::create().value();
  const auto payload = files.path() / "event.json";
  REQUIRE(write_file(payload, R"({"number":1,"pull_request":{"number":1,"head":{"sha":")" + head
                                  + R"("},"base":{"ref":"main","sha":")" + base + R"("}}})"));
  const Environment environment{{"GITHUB_ACTIONS", "true"},
                                {"GITHUB_EVENT_NAME", "pull_request"},
                                {"GITHUB_EVENT_PATH", payload.string()},
                                {"GITHUB_SHA", head}};
  const Ran ran = run(repository.path(), {}, environment);
  CHECK(ran.status == 1);
  CHECK(ran.out.find("\"fail-on\" in a change's own configuration does not count") != std::string::npos);

  // The same text on a laptop is the owner's, and counts.
  CHECK(run(repository.path(), {}).status == 0);
}

TEST_CASE("another tool's mark counts on a laptop, and in CI only if the configuration that counts says so")
{
  test::GitFixture repository;
  repository.write("a.txt", "a\n");
  repository.commit("base");
  const auto& at = repository.path();
  const Environment github{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "schedule"}};
  CHECK(run(at, {"--outcome", "marked"}).status == 0);
  CHECK(run(at, {"--outcome", "marked", "--inline-comments", "own"}).status == 1);
  const Ran ran = run(at, {"--outcome", "marked"}, github, 140);
  CHECK(ran.status == 1);
  CHECK(ran.out.find("the comment in the text does not count: only sluice:allow[RULE]") != std::string::npos);
  CHECK(run(at, {"--outcome", "marked", "--inline-comments", "honour"}, github).status == 0);
}

TEST_CASE("SOURCE_DATE_EPOCH does not bring an expired entry back")
{
  test::GitFixture repository;
  const auto& at = repository.path();
  const auto allow_until = [&repository](const std::string& day) {
    repository.write(".sluice.yml", "allow:\n  - {rule: json-web-token, reason: r, expires: " + day + "}\n");
  };
  const Environment long_ago{{"SOURCE_DATE_EPOCH", "0"}};
  allow_until("2026-01-01");
  CHECK(run(at, {"--outcome", "finding"}, long_ago).status == 0);
  allow_until("2025-12-31");
  CHECK(run(at, {"--outcome", "finding"}, long_ago).status == 1);
}

TEST_CASE("a gap that means nothing was examined cannot be accepted")
{
  const auto accepting = [](const std::string& kind) {
    test::GitFixture repository;
    repository.write(".sluice.yml",
                     "accept-gaps:\n  - {kind: " + kind + ", subject: '*', reason: because, expires: 2099-01-01}\n");
    return run(repository.path(), {});
  };
  for (const std::string kind : {"no-repository", "no-range", "no-reason"}) {
    CAPTURE(kind);
    const Ran ran = accepting(kind);
    CHECK(ran.status == 2);
    CHECK(ran.err
          == "sluice-secrets: .sluice.yml:2:5: a gap of the kind " + kind
                 + " cannot be accepted: nothing was examined\n");
  }
  CHECK(accepting("no-input").status == 0);
  CHECK(accepting("shallow").status == 0);
}

TEST_CASE("a pull request cannot bring its own baseline")
{
  test::GitFixture repository;
  repository.write(".sluice.yml", "baseline: b.json\n");
  repository.write("b.json", "{\"schema\": \"sluice.baseline/2\", \"findings\": []}\n");
  const std::string base = repository.commit("base");
  repository.write("b.json",
                   R"({"schema": "sluice.baseline/2", "findings": [{"gate": "secrets", "rule": "json-web-token",)"
                   R"( "path": "a.txt", "fingerprint": ")"
                       + std::string(64, 'f') + "\"}]}\n");
  const std::string head = repository.commit("accept my own leak");
  const TemporaryDirectory files = TemporaryDirectory::create().value();
  const auto payload = files.path() / "event.json";
  REQUIRE(write_file(payload, R"({"number":1,"pull_request":{"number":1,"head":{"sha":")" + head
                                  + R"("},"base":{"ref":"main","sha":")" + base + R"("}}})"));
  const Environment environment{{"GITHUB_ACTIONS", "true"},
                                {"GITHUB_EVENT_NAME", "pull_request"},
                                {"GITHUB_EVENT_PATH", payload.string()},
                                {"GITHUB_SHA", head}};
  CHECK(run(repository.path(), {"--outcome", "finding"}, environment).status == 1);
  CHECK(run(repository.path(), {"--outcome", "finding"}).status == 0);
}
