// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "ci/ci_context.hpp"
#include "webhook_payloads.hpp"

#include <doctest/doctest.h>

using sluice::Environment;

using namespace sluice::ci;
using namespace sluice::test;
using sluice::ErrorKind;
using sluice::TemporaryDirectory;

namespace {

const std::string one(40, '1');
const std::string two(40, '2');
const std::string three(40, '3');

struct EventFile
{
  explicit EventFile(std::string_view text) { REQUIRE(sluice::write_file(path(), text)); }
  [[nodiscard]] std::string
  path() const
  {
    return (directory.path() / "event.json").string();
  }
  TemporaryDirectory directory = TemporaryDirectory::create("sluice-test").value();
};

Environment
github(std::string event, const EventFile& file)
{
  return {{"GITHUB_ACTIONS", "true"},
          {"CI", "true"},
          {"GITHUB_EVENT_NAME", std::move(event)},
          {"GITHUB_EVENT_PATH", file.path()},
          {"GITHUB_SHA", three},
          {"GITHUB_REF", "refs/heads/main"},
          {"GITHUB_WORKSPACE", "/github/workspace"},
          {"GITHUB_SERVER_URL", "https://github.example/"},
          {"GITHUB_REPOSITORY", "octocat/Hello-World"},
          {"GITHUB_OUTPUT", "/github/file_commands/out"},
          {"GITHUB_STEP_SUMMARY", "/github/file_commands/summary"}};
}

Environment
gitlab(std::string source)
{
  return {{"GITLAB_CI", "true"},          {"CI_PROJECT_DIR", "/builds/group/project"},
          {"CI_JOB_NAME", "secrets"},     {"CI_PIPELINE_SOURCE", std::move(source)},
          {"CI_COMMIT_SHA", one},         {"CI_COMMIT_BEFORE_SHA", std::string(zeros)},
          {"CI_DEFAULT_BRANCH", "trunk"}, {"CI_PROJECT_URL", "https://gitlab.example/group/project"}};
}

}  // namespace

TEST_CASE("a plain shell says nothing")
{
  const auto context = detect({{"CI", "false"}, {"GITLAB_CI", "true"}, {"PATH", "/bin"}});
  REQUIRE(context);
  CHECK(context->platform == Platform::shell);
  CHECK(context->event == Event::none);
  CHECK_FALSE(context->is_request());
  CHECK(detect({{"PRE_COMMIT_REMOTE_NAME", "fork"}}).value().remote == "fork");
}

TEST_CASE("a CI is told by its own variable, and one that says no more than CI is one too")
{
  for (const auto& [variable, value, platform] :
       std::vector<std::tuple<const char*, const char*, Platform>>{{"CI", "true", Platform::other},
                                                                   {"CI", "1", Platform::other},
                                                                   {"TEAMCITY_VERSION", "2026.1", Platform::other},
                                                                   {"BITBUCKET_BUILD_NUMBER", "7", Platform::bitbucket},
                                                                   {"TF_BUILD", "True", Platform::azure},
                                                                   {"CIRCLECI", "true", Platform::circleci},
                                                                   {"JENKINS_URL", "http://ci/", Platform::jenkins},
                                                                   {"DRONE", "true", Platform::drone},
                                                                   {"CI", "woodpecker", Platform::woodpecker},
                                                                   {"CI", "0", Platform::shell},
                                                                   {"CI", "", Platform::shell}}) {
    CHECK(detect({{variable, value}}).value().platform == platform);
    CHECK(sluice::ci::identify({{variable, value}}).platform == platform);
  }
}

TEST_CASE("Bitbucket: a pull request names its target's tip; else the branch or the tag")
{
  Environment environment{{"BITBUCKET_BUILD_NUMBER", "7"},
                          {"BITBUCKET_COMMIT", one},
                          {"BITBUCKET_BRANCH", "feature/x"},
                          {"BITBUCKET_PR_ID", "12"},
                          {"BITBUCKET_PR_DESTINATION_BRANCH", "main"},
                          {"BITBUCKET_PR_DESTINATION_COMMIT", two}};
  const auto request = detect(environment).value();
  CHECK(request.event == Event::pull_request);
  CHECK(request.head == one);
  CHECK(request.target_tip == two);
  CHECK(request.target_branch == "main");
  environment.erase("BITBUCKET_PR_ID");
  CHECK(detect(environment).value().event == Event::push);
  CHECK(detect(environment).value().branch() == "feature/x");
  environment["BITBUCKET_TAG"] = "v1";
  CHECK(detect(environment).value().event == Event::tag_push);
  CHECK(detect(environment).value().ref == "refs/tags/v1");
}

TEST_CASE("Azure Pipelines: branches are named with and without refs/heads/")
{
  Environment environment{{"TF_BUILD", "True"},
                          {"BUILD_REASON", "PullRequest"},
                          {"BUILD_SOURCEVERSION", three},
                          {"BUILD_SOURCEBRANCH", "refs/pull/12/merge"},
                          {"SYSTEM_PULLREQUEST_SOURCECOMMITID", one},
                          {"SYSTEM_PULLREQUEST_PULLREQUESTID", "12"},
                          {"SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main"}};
  const auto request = detect(environment).value();
  CHECK(request.is_request());
  CHECK(request.head == one);
  CHECK(request.checked_out == three);
  CHECK(request.target_branch == "main");
  CHECK(request.number == "12");
  environment["SYSTEM_PULLREQUEST_TARGETBRANCH"] = "main";
  CHECK(detect(environment).value().target_branch == "main");
  environment["BUILD_REASON"] = "IndividualCI";
  environment["BUILD_SOURCEBRANCH"] = "refs/heads/x";
  CHECK(detect(environment).value().branch() == "x");
  environment["BUILD_SOURCEBRANCH"] = "refs/tags/v1";
  CHECK(detect(environment).value().event == Event::tag_push);
}

TEST_CASE("CircleCI and Jenkins: a branch, a tag, a change, and what was completed")
{
  CHECK(detect({{"CIRCLECI", "true"}, {"CIRCLE_SHA1", one}, {"CIRCLE_BRANCH", "x"}}).value().branch() == "x");
  CHECK(detect({{"CIRCLECI", "true"}, {"CIRCLE_SHA1", one}, {"CIRCLE_TAG", "v1"}}).value().event == Event::tag_push);
  Environment environment{{"JENKINS_URL", "http://ci/"},
                          {"GIT_COMMIT", one},
                          {"GIT_BRANCH", "origin/main"},
                          {"GIT_PREVIOUS_SUCCESSFUL_COMMIT", two}};
  const auto push = detect(environment).value();
  CHECK(push.branch() == "main");
  CHECK(push.completed == two);
  CHECK(push.default_branch.empty());
  environment["BRANCH_NAME"] = "main";
  environment["BRANCH_IS_PRIMARY"] = "true";
  CHECK(detect(environment).value().default_branch == "main");
  environment["CHANGE_ID"] = "12";
  environment["CHANGE_TARGET"] = "release";
  const auto change = detect(environment).value();
  CHECK(change.is_request());
  CHECK(change.target_branch == "release");
  CHECK(change.head == one);
  environment["GIT_COMMIT"] = "--upload-pack=x";
  CHECK(detect(environment).error().message.find("GIT_COMMIT") != std::string::npos);
}

TEST_CASE("GitHub's reviews and Gitea's name of a moved head are about a pull request; a comment is about none")
{
  const EventFile file(pull_request_payload(one, two));
  for (const char* event : {"pull_request_review", "pull_request_review_comment", "pull_request_sync"}) {
    CAPTURE(event);
    const auto context = detect(github(event, file)).value();
    CHECK(context.is_request());
    CHECK(context.head == one);
    CHECK(context.target_tip == two);
  }
  CHECK_FALSE(detect(github("issue_comment", file)).value().is_request());
}

TEST_CASE("GitHub: a pull request")
{
  const EventFile file(pull_request_payload(one, two));
  Environment environment = github("pull_request", file);
  environment["RUNNER_DEBUG"] = "1";
  const auto context = detect(environment);
  REQUIRE(context);
  CHECK(context->platform == Platform::github);
  CHECK(context->event == Event::pull_request);
  CHECK(context->event_name == "pull_request");
  CHECK(context->head == one);
  CHECK(context->base == two);
  CHECK(context->checked_out == three);
  CHECK(context->before.empty());
  CHECK(context->number == "12");
  CHECK(context->target_branch == "main");
  CHECK(context->default_branch == "main");
  CHECK(context->workspace == "/github/workspace");
  CHECK(context->repository_url == "https://github.example/octocat/Hello-World");
  CHECK(context->output_file == "/github/file_commands/out");
  CHECK(context->summary_file == "/github/file_commands/summary");
  CHECK(context->debug);
  CHECK(context->is_request());
}

TEST_CASE("GitHub: pull_request_target and a merge group ask to be merged as well")
{
  const EventFile file(pull_request_payload(one, two));
  CHECK(detect(github("pull_request_target", file)).value().is_request());
  const EventFile group(merge_group_payload(one, two));
  const auto context = detect(github("merge_group", group));
  REQUIRE(context);
  CHECK(context->event == Event::merge_group);
  CHECK(context->head == one);
  CHECK(context->base == two);
  CHECK(context->target_branch == "main");
  CHECK(context->is_request());
}

TEST_CASE("GitHub: pushes of every kind")
{
  const auto pushed = [](const PushPayload& payload) {
    const EventFile file(push_payload(payload));
    return detect(github("push", file)).value();
  };
  const CiContext plain = pushed({.before = two, .after = one, .forced = true});
  CHECK(plain.event == Event::push);
  CHECK(plain.head == one);
  CHECK(plain.before == two);
  CHECK(plain.ref == "refs/heads/main");
  CHECK(plain.forced);
  CHECK_FALSE(plain.created);
  CHECK_FALSE(plain.is_request());

  const CiContext created = pushed({.ref = "refs/heads/x", .before = zeros, .after = one, .created = true});
  CHECK(created.created);
  CHECK(created.before.empty());
  CHECK(pushed({.ref = "refs/tags/v1", .before = zeros, .after = one, .created = true}).event == Event::tag_push);
  const CiContext deleted = pushed({.ref = "refs/heads/x", .before = one, .after = zeros, .deleted = true});
  CHECK(deleted.event == Event::ref_delete);
  CHECK(deleted.head.empty());
  CHECK(pushed({.ref = "refs/tags/v1", .before = one, .after = zeros, .deleted = true}).event == Event::ref_delete);
}

TEST_CASE("GitHub: events that are about no change")
{
  const EventFile file(schedule_payload());
  CHECK(detect(github("schedule", file)).value().event == Event::schedule);
  CHECK(detect(github("schedule", file)).value().checked_out == three);
  CHECK(detect(github("workflow_dispatch", file)).value().event == Event::dispatch);
  CHECK(detect(github("repository_dispatch", file)).value().event == Event::dispatch);
  CHECK(detect(github("release", file)).value().event == Event::release);
  CHECK(detect(github("workflow_run", file)).value().event == Event::other);
  CHECK(detect(github("workflow_run", file)).value().event_name == "workflow_run");
}

TEST_CASE("act without an event file says so")
{
  const EventFile file("{}");
  Environment environment = github("push", file);
  environment["ACT"] = "true";
  const auto context = detect(environment);
  REQUIRE(context);
  CHECK(context->platform == Platform::act);
  CHECK(context->event == Event::push);
  CHECK(context->empty_payload);
  CHECK_FALSE(context->created);
  environment["GITHUB_EVENT_NAME"] = "workflow_dispatch";
  CHECK_FALSE(detect(environment).value().empty_payload);
}

TEST_CASE("a payload that cannot be had is an error that names the variable")
{
  const EventFile file("{");
  Environment environment = github("push", file);
  CHECK(detect(environment).error().message.starts_with("event payload: it is not JSON"));
  environment["GITHUB_EVENT_PATH"] = file.path() + ".missing";
  const auto missing = detect(environment);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::environment);
  CHECK(missing.error().message.starts_with("GITHUB_EVENT_PATH: "));
  environment["GITHUB_EVENT_PATH"] = "";
  CHECK(detect(environment).error().message.starts_with("GITHUB_EVENT_PATH is not set"));
  environment["GITHUB_EVENT_PATH"] = file.directory.path().string();
  CHECK(detect(environment).error().kind == ErrorKind::environment);
  environment["GITHUB_EVENT_NAME"] = "schedule";
  environment["GITHUB_EVENT_PATH"] = "";
  CHECK(detect(environment));
}

TEST_CASE("a payload over 25 MiB is refused")
{
  const EventFile file("{\"a\": \"" + std::string(25U << 20U, 'a') + "\"}");
  const auto context = detect(github("push", file));
  REQUIRE_FALSE(context);
  CHECK(context.error().message.starts_with("GITHUB_EVENT_PATH: "));
}

TEST_CASE("an id variable that is none is an error that names it")
{
  const EventFile file("{}");
  Environment environment = github("schedule", file);
  environment["GITHUB_SHA"] = "--output=x";
  CHECK(detect(environment).error().message == "GITHUB_SHA is not an object id");
  Environment lab = gitlab("push");
  lab["CI_COMMIT_BEFORE_SHA"] = "HEAD~1";
  CHECK(detect(lab).error().message == "CI_COMMIT_BEFORE_SHA is not an object id");
}

TEST_CASE("GitLab: a merge request, detached or with merged results")
{
  Environment environment = gitlab("merge_request_event");
  environment["CI_MERGE_REQUEST_IID"] = "7";
  environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = two;
  environment["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "release";
  const auto detached = detect(environment);
  REQUIRE(detached);
  CHECK(detached->platform == Platform::gitlab);
  CHECK(detached->event == Event::pull_request);
  CHECK(detached->head == one);
  CHECK(detached->base == two);
  CHECK(detached->target_branch == "release");
  CHECK(detached->number == "7");
  CHECK(detached->repository_url == "https://gitlab.example/group/project");
  CHECK(detached->is_request());

  environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = three;
  CHECK(detect(environment).value().head == three);
  CHECK(detect(environment).value().checked_out == one);
  environment["CI_PIPELINE_SOURCE"] = "parent_pipeline";
  CHECK(detect(environment).value().is_request());
}

TEST_CASE("GitLab: an external pull request")
{
  Environment environment = gitlab("external_pull_request_event");
  environment["CI_EXTERNAL_PULL_REQUEST_IID"] = "3";
  environment["CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA"] = two;
  environment["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"] = three;
  const auto context = detect(environment);
  REQUIRE(context);
  CHECK(context->head == two);
  CHECK(context->base == three);
  CHECK(context->is_request());
}

TEST_CASE("GitLab: branches, tags and what is started otherwise")
{
  Environment environment = gitlab("push");
  environment["CI_COMMIT_BRANCH"] = "topic";
  const auto first = detect(environment);
  REQUIRE(first);
  CHECK(first->event == Event::push);
  CHECK(first->ref == "refs/heads/topic");
  CHECK(first->default_branch == "trunk");
  CHECK(first->before.empty());
  CHECK(first->created);
  environment["CI_COMMIT_BEFORE_SHA"] = two;
  CHECK(detect(environment).value().before == two);
  CHECK_FALSE(detect(environment).value().created);
  environment["CI_COMMIT_TAG"] = "v1";
  CHECK(detect(environment).value().event == Event::tag_push);
  CHECK(detect(environment).value().ref == "refs/tags/v1");
  CHECK(detect(gitlab("schedule")).value().event == Event::schedule);
  CHECK(detect(gitlab("web")).value().event == Event::dispatch);
  CHECK(detect(gitlab("api")).value().event == Event::dispatch);
  CHECK(detect(gitlab("something_new")).value().event == Event::other);
}

TEST_CASE("gitlab-ci-local is told apart, and is not mistaken for a shell")
{
  Environment environment = gitlab("push");
  environment["GITLAB_CI"] = "false";
  CHECK(detect(environment).value().platform == Platform::gitlab_ci_local);
}

TEST_CASE("Woodpecker: pushes and pull requests")
{
  Environment environment{{"CI", "woodpecker"},
                          {"DRONE", "true"},
                          {"CI_PIPELINE_EVENT", "pull_request"},
                          {"CI_COMMIT_SHA", one},
                          {"CI_COMMIT_REF", "refs/pull/4/head"},
                          {"CI_COMMIT_PULL_REQUEST", "4"},
                          {"CI_COMMIT_TARGET_BRANCH", "main"},
                          {"CI_REPO_DEFAULT_BRANCH", "main"},
                          {"CI_REPO_URL", "https://forge.example/a/b"},
                          {"CI_PREV_COMMIT_SHA", two},
                          {"CI_PREV_PIPELINE_EVENT", "push"},
                          {"CI_WORKSPACE", "/woodpecker/src"}};
  const auto request = detect(environment);
  REQUIRE(request);
  CHECK(request->platform == Platform::woodpecker);
  CHECK(request->event == Event::pull_request);
  CHECK(request->head == one);
  CHECK(request->before.empty());
  CHECK(request->target_branch == "main");
  CHECK(request->number == "4");
  CHECK(request->is_request());

  environment["CI_PIPELINE_EVENT"] = "push";
  CHECK(detect(environment).value().before == two);
  CHECK_FALSE(detect(environment).value().created);
  SUBCASE("the previous pipeline was another branch's change")
  {
    environment["CI_PREV_PIPELINE_EVENT"] = "pull_request";
    CHECK(detect(environment).value().before.empty());
    CHECK(detect(environment).value().created);
  }
  SUBCASE("only the newer variable")
  {
    environment["CI"] = "true";
    environment["CI_SYSTEM_NAME"] = "woodpecker";
    CHECK(detect(environment).value().platform == Platform::woodpecker);
  }
  SUBCASE("by the clock")
  {
    environment["CI_PIPELINE_EVENT"] = "cron";
    CHECK(detect(environment).value().event == Event::schedule);
  }
}

TEST_CASE("Drone: pushes and pull requests")
{
  Environment environment{{"CI", "true"},
                          {"DRONE", "true"},
                          {"DRONE_BUILD_EVENT", "push"},
                          {"DRONE_COMMIT_SHA", one},
                          {"DRONE_COMMIT_BEFORE", two},
                          {"DRONE_COMMIT_REF", "refs/heads/topic"},
                          {"DRONE_REPO_BRANCH", "main"},
                          {"DRONE_REPO_LINK", "javascript:alert(1)"}};
  const auto push = detect(environment);
  REQUIRE(push);
  CHECK(push->platform == Platform::drone);
  CHECK(push->event == Event::push);
  CHECK(push->head == one);
  CHECK(push->before == two);
  CHECK(push->ref == "refs/heads/topic");
  CHECK(push->default_branch == "main");
  CHECK(push->repository_url.empty());

  environment["DRONE_BUILD_EVENT"] = "pull_request";
  environment["DRONE_TARGET_BRANCH"] = "main";
  environment["DRONE_PULL_REQUEST"] = "9";
  const auto request = detect(environment);
  REQUIRE(request);
  CHECK(request->is_request());
  CHECK(request->target_branch == "main");
  CHECK(request->number == "9");
  CHECK(request->before.empty());
}
