// SPDX-License-Identifier: Apache-2.0
#include "platform_case.hpp"

using namespace sluice;
using namespace sluice::promote;
using namespace std::chrono_literals;
using test::answer;

namespace {

const Platform& github = *platform_named("github");

struct GithubCase : PlatformCase
{
  explicit GithubCase(std::vector<Reply> replies)
      : PlatformCase(std::move(replies), {{"GITHUB_ACTIONS", "true"},
                                          {"GITHUB_TOKEN", "the token"},
                                          {"GITHUB_REPOSITORY", "octo/shop"},
                                          {"GITHUB_SERVER_URL", "https://github.example"},
                                          {"GITHUB_RUN_ID", "77"}})
  {
    set("GITHUB_API_URL", url("/api/v3"));
  }
};

std::string
listed(std::string_view payload, int id = 9)
{
  return fmt::format(R"([{{"id": 1, "payload": {{}}}}, {{"id": {}, "payload": {}}}])", id, payload);
}

const std::string ours = fmt::format(R"({{"sluice": {{"promotion": "{}", "ledger": "{}"}}}})", entry_e, entry_f);

}  // namespace

TEST_CASE("github runs us where Actions does, and neither act nor Gitea")
{
  CHECK(github.is_here({{"GITHUB_ACTIONS", "true"}}));
  CHECK_FALSE(github.is_here({}));
  CHECK_FALSE(github.is_here({{"GITHUB_ACTIONS", "true"}, {"ACT", "true"}}));
  CHECK_FALSE(github.is_here({{"GITHUB_ACTIONS", "true"}, {"GITEA_ACTIONS", "true"}}));
  CHECK_FALSE(github.is_here({{"GITHUB_ACTIONS", "true"}, {"FORGEJO_ACTIONS", "true"}}));
}

TEST_CASE("github is asked with a token, and says which variable lacks")
{
  CHECK(holds(error_of(github.ready({{"GITHUB_REPOSITORY", "o/n"}})).message, "GITHUB_TOKEN"));
  CHECK(holds(error_of(github.ready({{"GITHUB_TOKEN", "t"}})).message, "GITHUB_REPOSITORY"));
  CHECK(holds(error_of(github.ready({{"GITHUB_TOKEN", "t"}, {"GITHUB_REPOSITORY", "o/n/x"}})).message,
              "GITHUB_REPOSITORY"));
  CHECK(github.ready({{"INPUT_TOKEN", "t"}, {"GITHUB_REPOSITORY", "o/n"}}));
  CHECK(
      error_of(github.ready({{"GITHUB_TOKEN", "t"}, {"GITHUB_REPOSITORY", "o/n"}, {"GITHUB_API_URL", "ftp://x"}})).kind
      == ErrorKind::config);
}

TEST_CASE("a deployment is made of the commit alone, of no merge and by no other check")
{
  GithubCase platform({answer("201 Created", R"({"id": 42})")});
  const auto made = github.create(platform.call(), record_a());
  REQUIRE(made);
  CHECK(made->id == "42");
  const SeenRequest request = platform.requests().at(0);
  CHECK(request.line == "POST /api/v3/repos/octo/shop/deployments");
  CHECK(holds(request.head, "\r\nAuthorization: Bearer the token\r\n"));
  CHECK(holds(request.head, "\r\nX-GitHub-Api-Version: 2022-11-28\r\n"));
  CHECK(request.body
        == Json{{"ref", commit_a},
                {"task", "deploy"},
                {"auto_merge", false},
                {"required_contexts", Json::array()},
                {"payload",
                 {{"sluice",
                   {{"ledger", entry_f},
                    {"promotion", entry_e},
                    {"number", 12},
                    {"commit", commit_a},
                    {"environment", "production"}}}}},
                {"environment", "production"},
                {"description", "Sluice, ledger entry 12"},
                {"transient_environment", false},
                {"production_environment", true}});
}

TEST_CASE("a deployment that is there is not made again")
{
  for (const std::string& payload : {ours, Json(ours).dump()}) {
    GithubCase platform({answer("200 OK", listed(payload))});
    const auto found = ensure_deployment(github, platform.call(), record_a());
    REQUIRE(found);
    CHECK(found->id == "9");
    CHECK(platform.lines()
          == std::vector<std::string>{fmt::format(
              "GET /api/v3/repos/octo/shop/deployments?sha={}&environment=production&per_page=100", commit_a)});
  }
}

TEST_CASE("one of another promotion is another")
{
  GithubCase platform(
      {answer("200 OK", listed(R"({"sluice": {"promotion": "0000"}})")), answer("201 Created", R"({"id": 10})")});
  CHECK(ensure_deployment(github, platform.call(), record_a()).value().id == "10");
}

TEST_CASE("an answer that was lost is looked for before it is asked again")
{
  SUBCASE("it was not made")
  {
    GithubCase platform({answer("200 OK", "[]"), answer("502 Bad Gateway", ""), answer("200 OK", "[]"),
                         answer("201 Created", R"({"id": 5})")});
    CHECK(ensure_deployment(github, platform.call(), record_a()).value().id == "5");
    CHECK(platform.requests().size() == 4);
    CHECK(platform.waits == std::vector<std::chrono::milliseconds>{2s});
  }
  SUBCASE("it was made")
  {
    GithubCase platform({answer("200 OK", "[]"), lost(), answer("200 OK", listed(ours))});
    CHECK(ensure_deployment(github, platform.call(), record_a()).value().id == "9");
    CHECK(platform.requests().size() == 3);
  }
  SUBCASE("the host takes its time")
  {
    auto slow = answer("201 Created", R"({"id": 5})");
    slow.pause = 1500ms;
    GithubCase platform({answer("200 OK", "[]"), slow, answer("200 OK", listed(ours))});
    CHECK(ensure_deployment(github, platform.call(), record_a()).value().id == "9");
  }
  SUBCASE("it never answers")
  {
    GithubCase platform(
        {answer("200 OK", "[]"), lost(), answer("200 OK", "[]"), lost(), answer("200 OK", "[]"), lost()});
    CHECK(error_of(ensure_deployment(github, platform.call(), record_a())).kind == ErrorKind::unavailable);
    CHECK(platform.requests().size() == 6);
  }
}

TEST_CASE("a refusal says what lacks, and is not asked again")
{
  struct Case
  {
    std::string status, body, said;
  };
  const std::vector<Case> cases{
      {"202 Accepted", R"({"message": "Auto-merged main into x"})", "merged another branch"},
      {"409 Conflict", R"({"message": "Conflict merging main"})", "in conflict, and was not recorded (409: Conflict"},
      {"403 Forbidden", R"({"message": "Resource not accessible by integration"})",
       "the token needs `permissions: deployments: write`"},
      {"404 Not Found", R"({"message": "Not Found"})", "the token needs `permissions: deployments: write`"},
      {"401 Unauthorized", R"({"message": "Bad credentials"})", "does not take the token (401: Bad credentials)"},
      {"422 Unprocessable Entity", R"({"message": "Validation Failed", "errors": [{"message": "No ref found"}]})",
       "422: Validation Failed; No ref found"},
      {"201 Created", "not JSON", "it answered 201"},
  };
  for (const Case& each : cases) {
    GithubCase platform({answer("200 OK", "[]"), answer(each.status, each.body)});
    const Error error = error_of(ensure_deployment(github, platform.call(), record_a()));
    CHECK(error.kind == ErrorKind::environment);
    CHECK_MESSAGE(holds(error.message, each.said), error.message);
    CHECK_FALSE(holds(error.message, "the token token"));
    CHECK(platform.requests().size() == 2);
  }
}

TEST_CASE("who is told to wait a little waits, and who is told to wait long does not")
{
  SUBCASE("a little")
  {
    GithubCase platform({answer("403 Forbidden", R"({"message": "secondary rate limit"})", "Retry-After: 7\r\n"),
                         answer("201 Created", R"({"id": 5})")});
    CHECK(github.create(platform.call(), record_a()).value().id == "5");
    CHECK(platform.waits == std::vector<std::chrono::milliseconds>{7s});
  }
  SUBCASE("as 429, which is the client's to repeat")
  {
    GithubCase platform(
        {answer("429 Too Many Requests", "{}", "Retry-After: 3\r\n"), answer("201 Created", R"({"id": 5})")});
    CHECK(github.create(platform.call(), record_a()).value().id == "5");
    CHECK(platform.waits == std::vector<std::chrono::milliseconds>{3s});
  }
  SUBCASE("an hour")
  {
    GithubCase platform({answer("403 Forbidden", R"({"message": "API rate limit exceeded"})",
                                "X-RateLimit-Remaining: 0\r\nRetry-After: 3600\r\n")});
    CHECK(holds(error_of(github.create(platform.call(), record_a())).message, "rate limit is used up"));
    CHECK(platform.waits.empty());
  }
}

TEST_CASE("a state is told with its links, and again if the answer was lost")
{
  GithubCase platform({lost(), answer("201 Created", "{}")});
  const DeploymentStatus status{DeploymentState::success, "confirmed", "https://shop.example"};
  REQUIRE(github.tell(platform.call(), {"42"}, status));
  REQUIRE(platform.requests().size() == 2);
  CHECK(platform.requests().at(1).line == "POST /api/v3/repos/octo/shop/deployments/42/statuses");
  CHECK(platform.requests().at(1).body
        == Json{{"state", "success"},
                {"description", "confirmed"},
                {"auto_inactive", true},
                {"log_url", "https://github.example/octo/shop/actions/runs/77"},
                {"environment_url", "https://shop.example"}});
}

TEST_CASE("a state's description has at most 140 bytes, and a link is an address of the web")
{
  GithubCase platform({answer("201 Created", "{}")});
  platform.unset("GITHUB_RUN_ID");
  REQUIRE(github.tell(platform.call(), {"42"},
                      {DeploymentState::failure, "a\n" + std::string(300, 'x'), "javascript:alert(1)"}));
  const Json body = platform.requests().at(0).body;
  CHECK(body["description"].text()->size() <= 140);
  CHECK(body["description"].text()->find('\n') == std::string::npos);
  CHECK(body["auto_inactive"] == Json(false));
  CHECK(body.find("environment_url") == nullptr);
  CHECK(body.find("log_url") == nullptr);
}

TEST_CASE("the newest record names the entries that it was made from")
{
  GithubCase platform({answer("200 OK", listed(ours))});
  CHECK(github.newest(platform.call(), "eu production").value() == std::vector<std::string>{entry_e, entry_f});
  CHECK(platform.lines().at(0) == "GET /api/v3/repos/octo/shop/deployments?environment=eu%20production&per_page=100");
  GithubCase foreign({answer("200 OK", listed("\"not JSON\""))});
  CHECK(github.newest(foreign.call(), "production").value().empty());
}

namespace {

const std::string run_of_a = fmt::format(R"({{"head_sha": "{}", "created_at": "2026-11-27T09:00:00Z"}})", commit_a);

}  // namespace

TEST_CASE("approvals are those of the run, of its commit and of the environment")
{
  GithubCase platform({answer("200 OK", run_of_a), answer("200 OK", R"([
    {"state": "approved", "user": {"login": "ada"}, "environments": [{"name": "Production"}]},
    {"state": "rejected", "user": {"login": "bob"}, "environments": [{"name": "production"}]},
    {"state": "pending", "user": {"login": "cy"}, "environments": [{"name": "production"}]},
    {"state": "approved", "user": {"login": "dee"}, "environments": [{"name": "staging"}]}])")});
  const auto approvals = github.approvals(platform.call(), "production", commit_a);
  REQUIRE(approvals);
  REQUIRE(approvals->given.size() == 2);
  CHECK(approvals->given[0].who == "ada");
  CHECK(approvals->given[0].word == PlatformApproval::Word::approved);
  CHECK(approvals->given[0].at.time_since_epoch() == 1795770000s);
  CHECK(approvals->given[1].who == "bob");
  CHECK(approvals->given[1].word == PlatformApproval::Word::rejected);
  CHECK(platform.lines()
        == std::vector<std::string>{"GET /api/v3/repos/octo/shop/actions/runs/77",
                                    "GET /api/v3/repos/octo/shop/actions/runs/77/approvals"});
}

TEST_CASE("approvals of another commit are none of this one")
{
  GithubCase platform({answer("200 OK", R"({"head_sha": "bbbbbbbbbbbb"})")});
  const auto approvals = github.approvals(platform.call(), "production", commit_a);
  REQUIRE(approvals);
  CHECK(approvals->given.empty());
  CHECK(approvals->waits_for == "approvals of this run are of bbbbbbbb");
  CHECK(platform.requests().size() == 1);
}

TEST_CASE("who has not approved is named, and so is why nobody is asked")
{
  SUBCASE("people are asked")
  {
    GithubCase platform({answer("200 OK", run_of_a), answer("200 OK", "[]"), answer("200 OK", R"([
      {"environment": {"name": "production"}, "reviewers": [{"type": "User", "reviewer": {"login": "ada"}},
                                                            {"type": "Team", "reviewer": {"slug": "ops"}}]}])")});
    CHECK(github.approvals(platform.call(), "production", commit_a).value().waits_for == "GitHub asks ada, team ops");
  }
  SUBCASE("nobody is")
  {
    GithubCase platform({answer("200 OK", run_of_a), answer("200 OK", "[]"), answer("200 OK", "[]"),
                         answer("200 OK", R"({"protection_rules": [{"type": "wait_timer"}]})")});
    CHECK(holds(github.approvals(platform.call(), "production", commit_a).value().waits_for, "no required reviewers"));
    CHECK(platform.lines().at(3) == "GET /api/v3/repos/octo/shop/environments/production");
  }
  SUBCASE("they would be in another job")
  {
    GithubCase platform({answer("200 OK", run_of_a), answer("200 OK", "[]"), answer("200 OK", "[]"),
                         answer("200 OK", R"({"protection_rules": [{"type": "required_reviewers"}]})")});
    CHECK(holds(github.approvals(platform.call(), "production", commit_a).value().waits_for, "is not one of the env"));
  }
}

TEST_CASE("approvals that cannot be read are an error, and never nobody's")
{
  GithubCase refused({answer("200 OK", run_of_a), answer("403 Forbidden", "{}")});
  CHECK(holds(error_of(github.approvals(refused.call(), "production", commit_a)).message,
              "`permissions: actions: read`"));
  GithubCase away({lost()});
  CHECK(error_of(github.approvals(away.call(), "production", commit_a)).kind == ErrorKind::unavailable);
  GithubCase outside({answer("200 OK", "{}")});
  outside.unset("GITHUB_RUN_ID");
  CHECK(holds(error_of(github.approvals(outside.call(), "production", commit_a)).message, "GITHUB_RUN_ID"));
}
