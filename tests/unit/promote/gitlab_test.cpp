// SPDX-License-Identifier: Apache-2.0
#include "platform_case.hpp"

using namespace sluice;
using namespace sluice::promote;
using namespace std::chrono_literals;
using test::answer;

namespace {

const Platform& gitlab = *platform_named("gitlab");

struct GitlabCase : PlatformCase
{
  explicit GitlabCase(std::vector<Reply> replies)
      : PlatformCase(std::move(replies), {{"CI_JOB_TOKEN", "the job's"},
                                          {"CI_PROJECT_ID", "7"},
                                          {"CI_PROJECT_DIR", "/builds/shop"},
                                          {"CI_JOB_NAME", "deploy"},
                                          {"CI_JOB_ID", "55"},
                                          {"CI_COMMIT_SHA", commit_a},
                                          {"CI_COMMIT_REF_NAME", "main"},
                                          {"CI_DEFAULT_BRANCH", "trunk"}})
  {
    set("CI_API_V4_URL", url("/api/v4"));
  }
};

const std::string list_line =
    "GET /api/v4/projects/7/deployments?environment=production&order_by=id&sort=desc&per_page=100";

std::string
deployment(int id, std::string_view status, std::string_view deployable = "null")
{
  return fmt::format(R"({{"id": {}, "sha": "{}", "status": "{}", "deployable": {}}})", id, commit_a, status,
                     deployable);
}

}  // namespace

TEST_CASE("gitlab runs us where its variables are, and gitlab-ci-local does not count")
{
  const Environment job{{"CI_PROJECT_DIR", "/b"}, {"CI_JOB_NAME", "j"}};
  CHECK(gitlab.is_here(job));
  CHECK_FALSE(gitlab.is_here({}));
  Environment local = job;
  local["GITLAB_CI"] = "false";
  CHECK_FALSE(gitlab.is_here(local));
}

TEST_CASE("gitlab is asked with either token, and says which variable lacks")
{
  CHECK(holds(error_of(gitlab.ready({{"CI_PROJECT_ID", "7"}})).message, "neither GITLAB_TOKEN nor CI_JOB_TOKEN"));
  CHECK(holds(error_of(gitlab.ready({{"CI_JOB_TOKEN", "t"}})).message, "CI_PROJECT_ID"));
  CHECK(holds(error_of(gitlab.ready({{"CI_JOB_TOKEN", "t"}, {"CI_PROJECT_ID", "7/../8"}})).message, "CI_PROJECT_ID"));
  CHECK(gitlab.ready({{"GITLAB_TOKEN", "t"}, {"CI_PROJECT_ID", "7"}}));
}

TEST_CASE("gitlab gets a deployment of the commit from the run's branch")
{
  GitlabCase platform({answer("200 OK", "[]"), answer("201 Created", R"({"id": 3})")});
  CHECK(ensure_deployment(gitlab, platform.call(), record_a()).value().id == "3");
  CHECK(platform.lines() == std::vector<std::string>{list_line, "POST /api/v4/projects/7/deployments"});
  CHECK(holds(platform.requests().at(1).head, "\r\nJOB-TOKEN: the job's\r\n"));
  CHECK(platform.requests().at(1).body
        == Json{
            {"environment", "production"}, {"sha", commit_a}, {"status", "running"}, {"ref", "main"}, {"tag", false}});
}

TEST_CASE("a commit of another branch is deployed from the default branch, a tag as a tag")
{
  GitlabCase other({answer("201 Created", R"({"id": 3})")});
  other.set("CI_COMMIT_SHA", std::string(40, 'b'));
  other.set("CI_COMMIT_TAG", "v1");
  REQUIRE(gitlab.create(other.call(), record_a()));
  CHECK(other.requests().at(0).body["ref"] == Json("trunk"));
  CHECK(other.requests().at(0).body["tag"] == Json(false));
  GitlabCase tagged({answer("201 Created", R"({"id": 3})")});
  tagged.set("CI_COMMIT_REF_NAME", "v1");
  tagged.set("CI_COMMIT_TAG", "v1");
  tagged.set("GITLAB_TOKEN", "a person's");
  REQUIRE(gitlab.create(tagged.call(), record_a()));
  CHECK(tagged.requests().at(0).body["tag"] == Json(true));
  CHECK(holds(tagged.requests().at(0).head, "\r\nPRIVATE-TOKEN: a person's\r\n"));
  CHECK_FALSE(holds(tagged.requests().at(0).head, "JOB-TOKEN"));
}

TEST_CASE("a running one that no job made is ours, and the job's own is the job's")
{
  GitlabCase ours({answer("200 OK", fmt::format("[{}, {}]", deployment(9, "success"), deployment(8, "running")))});
  const auto found = gitlab.find(ours.call(), record_a()).value();
  REQUIRE(found);
  CHECK(found->id == "8");
  CHECK_FALSE(found->is_of_the_job);
  GitlabCase jobs({answer("200 OK", fmt::format("[{}]", deployment(6, "running", R"({"id": 55})")))});
  const auto own = gitlab.find(jobs.call(), record_a()).value();
  REQUIRE(own);
  CHECK(own->id == "6");
  CHECK(own->is_of_the_job);
  GitlabCase others({answer("200 OK", fmt::format("[{}]", deployment(6, "running", R"({"id": 54})")))});
  CHECK_FALSE(gitlab.find(others.call(), record_a()).value());
}

TEST_CASE("an end is told once, and the job's own deployment sees by itself")
{
  struct Case
  {
    DeploymentState state;
    std::string status;
  };
  for (const Case& each : {Case{DeploymentState::success, "success"}, Case{DeploymentState::failure, "failed"},
                           Case{DeploymentState::inactive, "canceled"}}) {
    GitlabCase platform({answer("200 OK", "{}")});
    REQUIRE(gitlab.tell(platform.call(), {"3"}, {each.state, "why", ""}));
    CHECK(platform.lines() == std::vector<std::string>{"PUT /api/v4/projects/7/deployments/3"});
    CHECK(platform.requests().at(0).body == Json{{"status", each.status}});
    REQUIRE(gitlab.tell(platform.call(), {"3", true}, {each.state, "why", ""}));
    CHECK(platform.requests().size() == 1);
  }
  GitlabCase silent({answer("200 OK", "{}")});
  REQUIRE(gitlab.tell(silent.call(), {"3"}, {DeploymentState::in_progress, "", ""}));
  REQUIRE(gitlab.tell(silent.call(), {"3"}, {DeploymentState::error, "", ""}));
  CHECK(silent.requests().empty());
}

TEST_CASE("a refusal of gitlab is told with what it says, of whatever shape")
{
  GitlabCase platform({answer("400 Bad SeenRequest", R"({"message": {"ref": ["can't be blank"]}})")});
  CHECK(holds(error_of(gitlab.create(platform.call(), record_a())).message, "400: can't be blank"));
  GitlabCase forbidden({answer("403 Forbidden", R"({"message": "403 Forbidden"})")});
  CHECK(
      holds(error_of(gitlab.tell(forbidden.call(), {"3"}, {DeploymentState::success, "", ""})).message, "scope `api`"));
}

TEST_CASE("approvals of a deployment are read from both places, each person once")
{
  GitlabCase platform({answer("200 OK", fmt::format("[{}]", deployment(6, "blocked", R"({"id": 55})"))),
                       answer("200 OK", R"({"id": 6, "pending_approval_count": 1, "approvals": [
    {"user": {"username": "ada"}, "status": "approved", "created_at": "2026-11-27T09:00:00.097Z", "comment": "good"}],
    "approval_summary": {"rules": [{"deployment_approvals": [
      {"user": {"username": "ada"}, "status": "approved", "created_at": "2026-11-27T09:00:00Z", "comment": null},
      {"user": {"username": "bob"}, "status": "rejected", "created_at": "2026-11-27T09:01:00Z", "comment": null}]}]}})")});
  const auto approvals = gitlab.approvals(platform.call(), "production", commit_a);
  REQUIRE(approvals);
  REQUIRE(approvals->given.size() == 2);
  CHECK(approvals->given[0].who == "ada");
  CHECK(approvals->given[0].at.time_since_epoch() == 1795770000s);
  CHECK(approvals->given[1].who == "bob");
  CHECK(approvals->given[1].word == PlatformApproval::Word::rejected);
  CHECK(approvals->waits_for == "GitLab waits for 1 approval of its deployment 6");
  CHECK(platform.lines() == std::vector<std::string>{list_line, "GET /api/v4/projects/7/deployments/6"});
}

TEST_CASE("a gitlab without approvals has none to give, and says that it lacks them")
{
  GitlabCase free({answer("200 OK", fmt::format("[{}]", deployment(6, "running"))), answer("200 OK", R"({"id": 6})")});
  CHECK(holds(error_of(gitlab.approvals(free.call(), "production", commit_a)).message, "Premium"));
  GitlabCase none({answer("200 OK", "[]")});
  CHECK(holds(gitlab.approvals(none.call(), "production", commit_a).value().waits_for, "no deployment of aaaaaaaa"));
}

TEST_CASE("freeze periods are windows, of all pages, and no job's token reads them")
{
  GitlabCase platform({answer("200 OK", R"([{"id": 1, "freeze_start": "0 23 * * 5", "freeze_end": "0 7 * * 1",
                                             "cron_timezone": "Europe/Berlin"}])",
                              "X-Next-Page: 2\r\n"),
                       answer("200 OK", R"([{"id": 2, "freeze_start": "0 0 24 12 *", "freeze_end": "0 0 2 1 *",
                                             "cron_timezone": ""}])",
                              "X-Next-Page: \r\n")});
  CHECK(holds(error_of(gitlab.freezes(platform.call())).message, "GITLAB_TOKEN"));
  CHECK(platform.requests().empty());
  platform.set("GITLAB_TOKEN", "a person's");
  const auto windows = gitlab.freezes(platform.call());
  REQUIRE(windows);
  REQUIRE(windows->size() == 2);
  CHECK(windows->at(0).cron == std::vector<std::string>{"0 23 * * 5", "0 7 * * 1"});
  CHECK(windows->at(0).zone == "Europe/Berlin");
  CHECK(windows->at(0).reason == "freeze period 1 of GitLab");
  CHECK(windows->at(1).zone == "UTC");
  const auto calendar = Calendar::of({}, *windows, "UTC");
  REQUIRE(calendar);
  // 2026-11-28 12:00 UTC is a Saturday.
  CHECK_FALSE(calendar->at(std::chrono::sys_seconds(1795867200s)).is_open);
  CHECK(calendar->at(std::chrono::sys_seconds(1796126400s)).is_open);
}

TEST_CASE("freeze periods without an end of pages are not read without end")
{
  GitlabCase platform({answer("200 OK", "[]", "X-Next-Page: 2\r\n")});
  platform.set("GITLAB_TOKEN", "a person's");
  CHECK(holds(error_of(gitlab.freezes(platform.call())).message, "more freeze periods"));
  CHECK(platform.requests().size() == 20);
  GitlabCase refused({answer("404 Not Found", R"({"message": "404 Project Not Found"})")});
  refused.set("GITLAB_TOKEN", "a person's");
  CHECK(holds(error_of(gitlab.freezes(refused.call())).message, "read_api"));
}

TEST_CASE("a resource group that keeps no order is told of, and who waits for it")
{
  GitlabCase platform({answer("200 OK", R"({"key": "production", "process_mode": "unordered"})"),
                       answer("200 OK", R"([{"id": 1}, {"id": 2}])")});
  CHECK(gitlab.advice(platform.call(), "production").value().empty());
  platform.set("GITLAB_TOKEN", "a person's");
  const auto advice = gitlab.advice(platform.call(), "production").value();
  REQUIRE(advice.size() == 2);
  CHECK(holds(advice[0], "`oldest_first`"));
  CHECK(advice[1] == "2 jobs wait for GitLab's resource group production");
  CHECK(platform.lines()
        == std::vector<std::string>{"GET /api/v4/projects/7/resource_groups/production",
                                    "GET /api/v4/projects/7/resource_groups/production/upcoming_jobs"});
  GitlabCase none({answer("404 Not Found", "{}")});
  none.set("GITLAB_TOKEN", "a person's");
  CHECK(gitlab.advice(none.call(), "production").value().empty());
}
