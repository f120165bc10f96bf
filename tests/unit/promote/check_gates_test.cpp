// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/evidence/ci_status.hpp"
#include "support/git_fixture.hpp"
#include "support/loopback_server.hpp"
#include "unit/promote/backup_shop.hpp"
#include "unit/promote/situation.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;
using sluice::test::answer;
using sluice::test::LoopbackServer;
using namespace std::chrono_literals;

namespace {

struct World : Scene
{
  World()
  {
    input.services.http = &http;
    input.services.process = &process;
    input.directory = std::filesystem::temp_directory_path();
  }

  Gate&
  gate()
  {
    return stage.gates["it"];
  }

  net::HttpClient http{{.retry = {.attempts = 1}}};
  Environment process{{"PATH", "/usr/local/bin:/usr/bin:/bin"}};
};

std::string
gate_problems(const std::map<std::string, Gate>& gates)
{
  PromoteOptions options;
  options.environments["production"].gates = gates;
  config::OptionTable table;
  describe(options, table);
  config::OptionChecks checks(table);
  check(options, checks);
  return sluice::join(checks.problems(), "\n");
}

}  // namespace

TEST_CASE("an address must answer well")
{
  LoopbackServer server([](const std::string& request, int) {
    return request.find("GET /well") == 0 ? answer("200 OK", "fine") : answer("500 Internal Server Error", "oh");
  });
  World scene;
  CHECK(scene.told("http") == "-");
  scene.gate().http = server.url("/well");
  CHECK(scene.told("http") == "yes: " + server.url("/well") + " answers");
  CHECK(scene.judged("http").front().subject == "it");
  scene.gate().http = server.url("/ill");
  CHECK(scene.answer("http") == "no");
}

TEST_CASE("an address that cannot be reached, or does not answer in time, says nothing")
{
  LoopbackServer server([](const std::string& request, int) {
    return request.find("GET /lost") == 0 ? LoopbackServer::Reply{}
                                          : LoopbackServer::Reply{answer("200 OK", "fine").bytes, 60s};
  });
  World scene;
  scene.gate().http = "http://127.0.0.1:1/";
  CHECK(scene.answer("http") == "unseen");
  CHECK(scene.judged("http").front().fix == "Find out why it cannot be looked at from here, and ask again");
  scene.gate().http = server.url("/lost");
  CHECK(scene.answer("http") == "unseen");
  scene.gate().http = server.url("/slow");
  scene.gate().timeout = 100ms;
  CHECK(scene.answer("http") == "unseen");
  scene.input.services.http = nullptr;
  CHECK(scene.told("http") == "unseen: there is no way to ask by HTTP");
}

TEST_CASE("a command says yes, no, or that a person must decide")
{
  World scene;
  const auto says = [&](const std::string& script) {
    scene.gate().command = {"sh", "-c", script};
    return scene.told("command");
  };
  CHECK(says("exit 0") == "yes: the command says yes");
  CHECK(says("echo \"$SLUICE_ENVIRONMENT $SLUICE_COMMIT\"") == "yes: the command says yes: production " + commit_b);
  CHECK(says("echo one; echo ask Rita; exit 75") == "wait: a person must decide: ask Rita");
  CHECK(says("echo no room; exit 3") == "no: the command says no (status 3): no room");
  CHECK(says("echo bad >&2; exit 1") == "no: the command says no (status 1): bad");
  scene.gate().command = {"/nonexistent/program"};
  CHECK(scene.answer("command") == "unseen");
  scene.gate().timeout = 100ms;
  CHECK(says("sleep 60") == "unseen: sh: did not end within 100ms");
  scene.stage.gates.clear();
  CHECK(scene.told("command") == "-");
}

TEST_CASE("a query that cannot be asked is not answered")
{
  World scene;
  scene.gate().sql = "select true";
  scene.gate().database = "$DATABASE_THAT_IS_NOT_SET";
  CHECK(scene.answer("sql") == "unseen");
  scene.gate().sql.clear();
  CHECK(scene.told("sql") == "-");
}

TEST_CASE("a query says yes or no, and nothing of a server that cannot be reached or does not answer in time")
{
  World scene;
  scene.gate().database =
      fmt::format("postgresql:///postgres?host={}&user=postgres", server().socket_directory().string());
  const auto says = [&](const std::string& query) {
    scene.gate().sql = query;
    return scene.told("sql");
  };
  CHECK(says("select true") == "yes: the query says yes");
  CHECK(says("select false") == "no: the query says no");
  CHECK(says("select 0") == "no: the query says 0, which is not above 0");
  CHECK(says("select * from missing").starts_with("no: "));
  scene.gate().timeout = 1s;
  CHECK(says("select true from pg_sleep(60)").starts_with("unseen: "));
  scene.gate().database = "postgresql://127.0.0.1:1/postgres";
  CHECK(says("select true").starts_with("unseen: "));
}

TEST_CASE("a disk must have room")
{
  World scene;
  scene.gate().disk = ".";
  scene.gate().below = 100;
  CHECK(scene.answer("disk") == "yes");
  scene.gate().below = 0;
  CHECK(scene.answer("disk") == "no");
  scene.gate().disk = "not-there";
  CHECK(scene.told("disk") == "unseen: not-there: cannot be looked at: No such file or directory");
}

TEST_CASE("an attestation is of the item and the commit, by somebody, until some time")
{
  World scene;
  scene.gate().attested = "QA";
  CHECK(scene.told("attested") == "wait: nobody has attested QA for " + commit_b);
  CHECK(scene.judged("attested").front().fix
        == "sluice promote attest QA --environment production --commit " + commit_b);
  scene.add(EntryKind::attested, "production", "2026-11-24T10:00:00Z", {{"commit", commit_a}, {"item", "QA"}}, "quinn");
  scene.add(EntryKind::attested, "production", "2026-11-24T10:00:00Z", {{"commit", commit_b}, {"item", "UX"}}, "quinn");
  CHECK(scene.answer("attested") == "wait");
  scene.add(EntryKind::attested, "production", "2026-11-24T10:00:00Z",
            {{"commit", commit_b}, {"item", "QA"}, {"until", "2026-11-24T13:00:00Z"}}, "quinn");
  CHECK(scene.told("attested") == "yes: quinn attested QA at 2026-11-24T10:00:00Z");
  scene.gate().max_age = std::chrono::hours(1);
  CHECK(scene.told("attested")
        == "wait: the attestation of QA by quinn is of 2026-11-24T10:00:00Z, which is too long ago");
  scene.gate().max_age = {};
  scene.now = at("2026-11-24T13:00:00Z");
  CHECK(scene.told("attested") == "wait: the attestation of QA by quinn ended at 2026-11-24T13:00:00Z");
}

TEST_CASE("who must be told was told")
{
  World scene;
  scene.gate().notified = "team";
  CHECK(scene.answer("notified") == "wait");
  scene.add(EntryKind::attested, "production", "2026-11-24T10:00:00Z",
            {{"commit", commit_b}, {"item", "notified:team"}}, "slack");
  CHECK(scene.answer("notified") == "yes");
  CHECK(scene.told("attested") == "-");
}

TEST_CASE("a changelog must have changed since what is live")
{
  sluice::test::GitFixture fixture;
  const std::string none = fixture.commit("a", "1", "none");
  const std::string live = fixture.commit("CHANGELOG.md", "1.0", "live");
  const std::string silent = fixture.commit("a", "2", "silent");
  const std::string told = fixture.commit("CHANGELOG.md", "1.1", "told");
  const auto repository = git::Repository::open(fixture.path()).value();
  World scene;
  scene.gate().changelog = "CHANGELOG.md";
  scene.commit = silent;
  CHECK(scene.answer("changelog") == "unavailable");
  scene.input.repository = &repository;
  CHECK(scene.answer("changelog") == "yes");
  scene.promoted("production", live, "2026-11-23T08:00:00Z");
  CHECK(scene.told("changelog") == "no: CHANGELOG.md has not changed since " + live + ", which is live");
  scene.commit = told;
  CHECK(scene.answer("changelog") == "yes");
  scene.commit = none;
  CHECK(scene.told("changelog") == "no: there is no CHANGELOG.md in " + none);
  scene.commit = told;
  scene.promoted("production", commit_c, "2026-11-23T09:00:00Z");
  CHECK(scene.answer("changelog") == "unavailable");
}

TEST_CASE("a changelog that only lost lines, or was emptied, tells nobody of anything")
{
  sluice::test::GitFixture fixture;
  const std::string live = fixture.commit("CHANGELOG.md", "# Changes\n\n- a\n- b\n", "live");
  const std::string shorter = fixture.commit("CHANGELOG.md", "# Changes\n\n\n  \n- b\n", "shorter");
  const std::string emptied = fixture.commit("CHANGELOG.md", " \n\n", "emptied");
  const std::string twice = fixture.commit("CHANGELOG.md", "# Changes\n\n- a\n- a\n- b\n", "twice");
  const std::string rewritten = fixture.commit("CHANGELOG.md", "- c\n", "rewritten");
  const auto repository = git::Repository::open(fixture.path()).value();
  World scene;
  scene.gate().changelog = "CHANGELOG.md";
  scene.input.repository = &repository;
  scene.commit = emptied;
  CHECK(scene.told("changelog") == "no: CHANGELOG.md is empty in " + emptied);
  scene.promoted("production", live, "2026-11-23T08:00:00Z");
  CHECK(scene.told("changelog") == "no: CHANGELOG.md is empty in " + emptied);
  scene.commit = shorter;
  CHECK(scene.told("changelog") == "no: CHANGELOG.md has no line that it did not have in " + live + ", which is live");
  scene.commit = twice;
  CHECK(scene.answer("changelog") == "yes");
  scene.commit = rewritten;
  CHECK(scene.answer("changelog") == "yes");
}

TEST_CASE("GitHub's checks of a commit must have passed, but for the job that asks")
{
  std::string runs, statuses;
  LoopbackServer server([&](const std::string& request, int) {
    const bool is_runs =
        request.find("/repos/o/r/commits/" + commit_b + "/check-runs?per_page=100&page=1") != std::string::npos;
    return answer("200 OK", is_runs ? "{\"total_count\":9,\"check_runs\":[" + runs + "]}"
                                    : "{\"state\":\"pending\",\"statuses\":[" + statuses + "]}");
  });
  World scene;
  scene.gate().ci = true;
  CHECK(scene.answer("ci-status") == "unavailable");
  scene.process = {{"GITHUB_API_URL", server.url("")},
                   {"GITHUB_REPOSITORY", "o/r"},
                   {"GITHUB_RUN_ID", "7"},
                   {"GITHUB_JOB", "promote"},
                   {"GITHUB_TOKEN", "word"}};
  CHECK(scene.told("ci-status") == "no: no check of the platform has looked at " + commit_b);
  CHECK(server.requests().front().find("Authorization: Bearer word") != std::string::npos);
  const std::string own = R"({"name":"promote","status":"in_progress","details_url":"https://x/actions/runs/7/job/1"})";
  runs = own;
  CHECK(scene.answer("ci-status") == "no");
  runs = own + R"(,{"name":"test","status":"completed","conclusion":"success"})";
  CHECK(scene.told("ci-status") == "yes: 1 check passed");
  statuses = R"({"context":"deploy/preview","state":"pending"})";
  CHECK(scene.told("ci-status") == "wait: not done: deploy/preview");
  statuses = R"({"context":"deploy/preview","state":"error"})";
  CHECK(scene.told("ci-status") == "no: failed: deploy/preview");
  statuses.clear();
  runs = own + R"(,{"name":"test","status":"completed","conclusion":"cancelled"})";
  CHECK(scene.told("ci-status") == "no: failed: test");
  runs = R"({"name":"promote","status":"in_progress","details_url":"https://x/actions/runs/8/job/1"})";
  CHECK(scene.told("ci-status") == "wait: not done: promote");
  runs = R"({"name":"Promote it","status":"in_progress","details_url":"https://x/actions/runs/7/job/1"},)"
         R"({"name":"test","status":"completed","conclusion":"skipped"})";
  CHECK(scene.told("ci-status") == "yes: 1 check passed");
}

TEST_CASE("GitLab's statuses of a commit must have passed, but for what waits for this job")
{
  std::string statuses;
  LoopbackServer server([&](const std::string& request, int) {
    const bool is_it = request.find("GET /projects/5/repository/commits/" + commit_b + "/statuses?") == 0;
    return is_it ? answer("200 OK", "[" + statuses + "]") : answer("404 Not Found", "{}");
  });
  World scene;
  scene.gate().ci = true;
  scene.process = {
      {"CI_API_V4_URL", server.url("")}, {"CI_PROJECT_ID", "5"}, {"CI_JOB_ID", "3"}, {"CI_PIPELINE_ID", "9"}};
  statuses = R"({"id":1,"name":"test","status":"success","pipeline_id":9},)"
             R"({"id":3,"name":"promote","status":"running","pipeline_id":9},)"
             R"({"id":4,"name":"after","status":"created","pipeline_id":9},)"
             R"({"id":5,"name":"lint","status":"failed","allow_failure":true,"pipeline_id":9})";
  CHECK(scene.told("ci-status") == "yes: 2 checks passed");
  statuses += R"(,{"id":6,"name":"other","status":"created","pipeline_id":8})";
  CHECK(scene.told("ci-status") == "wait: not done: other");
  statuses += R"(,{"id":7,"name":"build","status":"failed","pipeline_id":9})";
  CHECK(scene.told("ci-status") == "no: failed: build");
  scene.process["CI_PROJECT_ID"] = "6";
  CHECK(scene.answer("ci-status") == "unavailable");
}

TEST_CASE("a gate asks one thing")
{
  CHECK(gate_problems({{"a", {.http = "https://example.org"}}}).empty());
  CHECK(gate_problems({{"a", {}}}).find("\"environments.production.gates.a\" needs one of http") != std::string::npos);
  CHECK(gate_problems({{"a", {.http = "x", .disk = "/"}}}).find("no second") != std::string::npos);
  CHECK(gate_problems({{"a", {.sql = "select 1"}}}).find("needs both sql and database") != std::string::npos);
}

TEST_CASE("a gate whose evidence is asked for, and a risk, must be one")
{
  PromoteOptions options;
  options.environments["production"].evidence = {"secrets", "migration"};
  options.environments["production"].risk["hihg"] = {};
  config::OptionTable table;
  describe(options, table);
  config::OptionChecks checks(table);
  check(options, checks);
  REQUIRE(checks.problems().size() == 2);
  CHECK(checks.problems()[0].find("did you mean migrations?") != std::string::npos);
  CHECK(checks.problems()[1].find("did you mean high?") != std::string::npos);
}
