// SPDX-License-Identifier: Apache-2.0
//
// Pushes of branches and tags, and what is about no change at all.
#include "range_case.hpp"
#include "webhook_payloads.hpp"

#include <doctest/doctest.h>

using sluice::Environment;

using namespace sluice::ci;
using namespace sluice::test;

namespace {

const std::string absent(40, 'e');

GithubRun
push_of(const PushPayload& payload)
{
  return {.event = "push",
          .payload = push_payload(payload),
          .sha = std::string(payload.after),
          .ref = std::string(payload.ref)};
}

GithubRun
first_push(std::string_view branch, const std::string& tip)
{
  const std::string ref = fmt::format("refs/heads/{}", branch);
  return push_of({.ref = ref, .before = zeros, .after = tip, .created = true});
}

Environment
gitlab_push(const std::string& branch, const std::string& sha, std::string_view before)
{
  return {{"GITLAB_CI", "true"},         {"CI_PROJECT_DIR", "/builds/p"},
          {"CI_JOB_NAME", "secrets"},    {"CI_PIPELINE_SOURCE", "push"},
          {"CI_COMMIT_BRANCH", branch},  {"CI_COMMIT_SHA", sha},
          {"CI_DEFAULT_BRANCH", "main"}, {"CI_COMMIT_BEFORE_SHA", std::string(before)}};
}

}  // namespace

TEST_CASE("push: from what the branch pointed at before")
{
  Forked forked;
  const GitRange range = range_of(forked.repository, push_of({.before = forked.root, .after = forked.main}));
  CHECK(range.kind == RangeKind::commits);
  CHECK(hex_of(range.heads) == Ids{forked.main});
  CHECK(hex_of(range.excluded) == Ids{forked.root});
  CHECK(range.text == between(forked.root, forked.main, "2 commits"));
  CHECK(range.reason == "push to main: 2 commits that it did not have before");
  CHECK(range.gaps.empty());
}

TEST_CASE("push: forced back, it brings nothing and says so")
{
  Forked forked;
  const GitRange range =
      range_of(forked.repository, push_of({.before = forked.main, .after = forked.fork, .forced = true}));
  CHECK(range.kind == RangeKind::commits);
  CHECK(range.commits == 0);
  CHECK(range.reason == "push to main: 0 commits that it did not have before it was forced");
}

TEST_CASE("push: forced, and what was there before is gone")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  const GitRange topic =
      range_of(clone, push_of({.ref = "refs/heads/topic", .before = absent, .after = forked.topic, .forced = true}));
  CHECK(hex_of(topic.heads) == Ids{forked.topic});
  CHECK(hex_of(topic.excluded) == Ids{forked.fork});
  CHECK(topic.reason == "push to topic: 2 commits that it has and main has not");
  const GitRange main = range_of(clone, push_of({.before = absent, .after = forked.main, .forced = true}));
  CHECK(main.excluded.empty());
  CHECK(main.commits == 3);
  CHECK(main.text == forked.main.substr(0, 8) + " and all before (3 commits)");
  CHECK(main.reason == "push to main: 3 commits that it reaches; what it replaced, eeeeeeee, is not in this clone");
  CHECK(main.gaps.empty());
}

TEST_CASE("push: a checkout of depth 1 is unresolved, with the two lines that mend it")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--depth", "1"});
  const GitRange range = range_of(clone, push_of({.before = forked.root, .after = forked.main}));
  CHECK(range.kind == RangeKind::unresolved);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().subject == "commit " + forked.root.substr(0, 8));
  CHECK(range.gaps.front().why
        == "what the branch pointed at before is not in this clone, which holds only the newest commits");
  CHECK(range.gaps.front().fix == "with:\n  fetch-depth: 0");
}

TEST_CASE("push: a new branch in a checkout of depth 1 shows where it was cut")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--depth", "1", "--branch", "topic"});
  const GitRange range = range_of(clone, first_push("topic", forked.topic));
  CHECK(range.kind == RangeKind::commits);
  CHECK(range.commits == 1);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().fix == "with:\n  fetch-depth: 0");
}

TEST_CASE("push: a commit that is not here is unresolved")
{
  Forked forked;
  const GitRange range = range_of(forked.repository, push_of({.before = forked.root, .after = absent}));
  CHECK(range.kind == RangeKind::unresolved);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().fix == "git fetch origin " + absent);
}

TEST_CASE("push: a new branch leaves out the default branch")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  const GitRange range = range_of(clone, first_push("topic", forked.topic));
  CHECK(hex_of(range.heads) == Ids{forked.topic});
  CHECK(hex_of(range.excluded) == Ids{forked.fork});
  CHECK(range.reason == "push to topic: 2 commits that it has and main has not");
}

TEST_CASE("push: off the default branch all that this has not is judged, whoever pushed what before")
{
  Forked forked;
  forked.repository.git({"checkout", "--quiet", "-b", "upper", "topic"});
  const std::string upper = forked.repository.commit("c.txt", "one\n", "upper");
  const GitFixture clone = forked.repository.clone({});
  for (const PushPayload& payload :
       {PushPayload{.ref = "refs/heads/upper", .before = zeros, .after = upper, .created = true},  // grown from topic
        PushPayload{.ref = "refs/heads/upper", .before = forked.topic, .after = upper},            // after [skip ci]
        PushPayload{.ref = "refs/heads/upper", .before = absent, .after = upper, .forced = true}}) {
    const GitRange range = range_of(clone, push_of(payload));
    CHECK(hex_of(range.excluded) == Ids{forked.fork});
    CHECK(range.commits == 3);
    CHECK(range.reason == "push to upper: 3 commits that it has and main has not");
  }
}

TEST_CASE(
    "push: a trusted branch is judged since what it was, and since the last run that ended well where that is known")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  CiContext context;
  context.platform = Platform::jenkins;
  context.event = Event::push;
  context.ref = "refs/heads/topic";
  context.head = forked.topic;
  context.before = forked.first;
  const RangeRequest trusted{.is_trusted_branch = true};
  CHECK(hex_of(range_of(clone, context, trusted).excluded) == Ids{forked.first});
  CHECK(hex_of(range_of(clone, context).excluded) == Ids{forked.fork});
  context.completed = forked.root;
  const GitRange range = range_of(clone, context, trusted);
  CHECK(hex_of(range.excluded) == Ids{forked.root});
  CHECK(range.reason
        == fmt::format("push to topic: 3 commits since {}, for which a run ended well", forked.root.substr(0, 8)));
  context.completed = forked.main;  // of another history: the branch was forced since
  CHECK(hex_of(range_of(clone, context, trusted).excluded) == Ids{forked.first});
}

TEST_CASE("push: where nobody says which branch is the default one, none is left out")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  CiContext context;
  context.platform = Platform::other;
  context.event = Event::push;
  context.ref = "refs/heads/topic";
  context.head = forked.topic;
  CHECK(range_of(clone, context).commits == 2);  // origin's HEAD says it
  GitFixture untold = forked.repository.clone({});
  untold.git({"update-ref", "-d", "--no-deref", "refs/remotes/origin/HEAD"});
  CHECK(range_of(untold, context).commits == 4);
}

TEST_CASE("push: the first push of the default branch is all of it, whatever else was pushed with it")
{
  Forked forked;
  forked.repository.git({"branch", "old", forked.root});
  const GitFixture clone = forked.repository.clone({});
  const GitRange range = range_of(clone, first_push("main", forked.main));
  CHECK(range.excluded.empty());
  CHECK(range.commits == 3);
  CHECK(range.reason == "first run for main: 3 commits that it reaches");
}

TEST_CASE("push: a new branch on a commit of the default branch brings nothing and says so")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  const GitRange range = range_of(clone, first_push("copy", forked.fork));
  CHECK(range.kind == RangeKind::commits);
  CHECK(range.commits == 0);
  CHECK(range.reason == "push to copy: 0 commits that it has and main has not");
}

TEST_CASE("push: a tag is judged since the tag before it, annotated or not, though main has it all")
{
  Forked forked;
  forked.repository.git({"tag", "v0", forked.root});
  forked.repository.git({"tag", "--annotate", "-m", "one", "v1", forked.fork});
  forked.repository.git({"tag", "--annotate", "-m", "two", "v2", forked.main});
  forked.repository.git({"tag", "alias", forked.main});
  forked.repository.git({"tag", "elsewhere", forked.topic});
  const std::string tag = forked.repository.git({"rev-parse", "refs/tags/v2"});
  REQUIRE(tag != forked.main);
  const GitRange range =
      range_of(forked.repository, push_of({.ref = "refs/tags/v2", .before = zeros, .after = tag, .created = true}));
  CHECK(hex_of(range.heads) == Ids{forked.main});
  CHECK(hex_of(range.excluded) == Ids{forked.fork});
  CHECK(range.reason == "tag v2: 1 commit since v1");
  const GitRange first = range_of(
      forked.repository, push_of({.ref = "refs/tags/v0", .before = zeros, .after = forked.root, .created = true}));
  CHECK(first.commits == 1);
  CHECK(first.reason == "tag v0: 1 commit that it reaches, as no tag comes before it");
  CHECK(first.tags.empty());
  CHECK(hex_of(range.tags) == Ids{tag});
}

TEST_CASE("push: a tag beside the default branch is judged like a branch, though an older tag holds some of it")
{
  Forked forked;
  forked.repository.git({"tag", "v1", forked.first});
  forked.repository.git({"tag", "--annotate", "-m", "inner", "inner", forked.topic});
  forked.repository.git({"tag", "--annotate", "-m", "outer", "v2", "inner"});
  const std::string tag = forked.repository.git({"rev-parse", "refs/tags/v2"});
  const GitRange range =
      range_of(forked.repository, push_of({.ref = "refs/tags/v2", .before = zeros, .after = tag, .created = true}));
  CHECK(hex_of(range.excluded) == Ids{forked.fork});
  CHECK(range.commits == 2);
  CHECK(hex_of(range.tags) == Ids{tag, forked.repository.git({"rev-parse", "refs/tags/inner"})});
}

TEST_CASE("push: an annotated tag of which only the commit was fetched is a gap")
{
  Forked forked;
  forked.repository.git({"tag", "--annotate", "-m", "two", "v2", forked.main});
  const std::string tag = forked.repository.git({"rev-parse", "refs/tags/v2"});
  GitFixture clone = forked.repository.clone({"--no-tags"});
  clone.git({"update-ref", "refs/tags/v2", forked.main});  // as actions/checkout leaves it
  GithubRun run = push_of({.ref = "refs/tags/v2", .before = zeros, .after = tag, .created = true});
  run.sha = forked.main;
  run.ref = "refs/tags/v2";
  const GitRange range = range_of(clone, run);
  CHECK(range.kind == RangeKind::commits);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().why == "the tag itself, with its message, is not in this clone");
  CHECK(range.gaps.front().fix == "git fetch --force origin \\\n  refs/tags/v2:refs/tags/v2");
}

TEST_CASE("push: a deleted ref is nothing, and that is fine")
{
  Forked forked;
  for (const std::string_view ref : {"refs/heads/old", "refs/tags/old"}) {
    const GitRange range =
        range_of(forked.repository, push_of({.ref = ref, .before = forked.root, .after = zeros, .deleted = true}));
    CHECK(range.kind == RangeKind::nothing);
    CHECK(range.text == "nothing");
    CHECK(range.reason == "old was deleted: there is nothing to look at");
    CHECK(range.gaps.empty());
  }
}

TEST_CASE("schedule, dispatch and release: the whole history")
{
  Forked forked;
  for (const std::string event : {"schedule", "workflow_dispatch", "repository_dispatch", "release", "workflow_run"}) {
    const GitRange range =
        range_of(forked.repository, {.event = event, .payload = schedule_payload(), .sha = forked.main});
    CHECK(range.kind == RangeKind::history);
    CHECK(hex_of(range.heads) == Ids{forked.main});
    CHECK(range.excluded.empty());
    CHECK(range.text == "whole history");
    CHECK(range.reason == event + ": it brings no particular change");
    CHECK(range.gaps.empty());
  }
}

TEST_CASE("schedule: a shallow clone is not the whole history")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--depth", "1"});
  const GitRange range = range_of(clone, {.event = "schedule", .payload = schedule_payload(), .sha = forked.main});
  CHECK(range.kind == RangeKind::history);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().subject == "shallow clone");
  CHECK(range.gaps.front().why == "the history ends at 1 commit whose parents were not fetched");
  CHECK(range.gaps.front().fix == "with:\n  fetch-depth: 0");
}

TEST_CASE("schedule: the commit that the run is for must be here")
{
  Forked forked;
  const GitRange range =
      range_of(forked.repository, {.event = "schedule", .payload = schedule_payload(), .sha = absent});
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().why == "the commit that this run is for is not in this clone");
}

TEST_CASE("act without an event file: since the default branch, else everything")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  const GitRange topic =
      range_of(clone, {.event = "push", .payload = "{}", .sha = forked.topic, .ref = "refs/heads/topic", .act = true});
  CHECK(topic.kind == RangeKind::commits);
  CHECK(hex_of(topic.heads) == Ids{forked.topic});
  CHECK(hex_of(topic.excluded) == Ids{forked.fork});
  CHECK(topic.reason == "push without an event file: 2 commits that it has and main has not");
  const GitRange main = range_of(clone, {.event = "push", .payload = "{}", .sha = forked.main, .act = true});
  CHECK(main.kind == RangeKind::history);
  CHECK(main.reason == "push without an event file, and no commit that the default branch has not");

  const GitRange without_remote =
      range_of(forked.repository,
               {.event = "pull_request", .payload = "{}", .sha = forked.topic, .ref = "refs/heads/topic", .act = true});
  CHECK(hex_of(without_remote.excluded) == Ids{forked.fork});
  CHECK(without_remote.reason == "pull_request without an event file: 2 commits that it has and main has not");
}

TEST_CASE("GitLab: a branch since the default branch, in its first pipeline and later")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  const GitRange later = range_of(clone, gitlab_push("topic", forked.topic, forked.first));
  CHECK(hex_of(later.excluded) == Ids{forked.fork});
  const GitRange first = range_of(clone, gitlab_push("topic", forked.topic, zeros));
  CHECK(hex_of(first.excluded) == Ids{forked.fork});
  CHECK(first.reason == "push to topic: 2 commits that it has and main has not");
}

TEST_CASE("GitLab: without the default branch in the clone a first pipeline looks at all that the branch reaches")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--single-branch", "--branch", "topic"});
  const GitRange range = range_of(clone, gitlab_push("topic", forked.topic, zeros));
  CHECK(range.excluded.empty());
  CHECK(range.commits == 4);
}

TEST_CASE("GitLab: a schedule is the whole history, and a shallow clone's two lines are GitLab's")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--depth", "1"});
  Environment environment = gitlab_push("main", forked.main, zeros);
  environment["CI_PIPELINE_SOURCE"] = "schedule";
  const GitRange range = range_of(clone, environment);
  CHECK(range.kind == RangeKind::history);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().fix == "variables:\n  GIT_DEPTH: \"0\"");
}

TEST_CASE("Woodpecker and Drone: a push from what the branch was")
{
  Forked forked;
  const Environment woodpecker{{"CI", "woodpecker"},
                               {"CI_PIPELINE_EVENT", "push"},
                               {"CI_COMMIT_SHA", forked.main},
                               {"CI_COMMIT_REF", "refs/heads/main"},
                               {"CI_REPO_DEFAULT_BRANCH", "main"},
                               {"CI_PREV_PIPELINE_EVENT", "push"},
                               {"CI_PREV_COMMIT_SHA", forked.root}};
  CHECK(hex_of(range_of(forked.repository, woodpecker).excluded) == Ids{forked.root});
  const Environment drone{{"DRONE", "true"},
                          {"DRONE_BUILD_EVENT", "push"},
                          {"DRONE_COMMIT_SHA", forked.main},
                          {"DRONE_COMMIT_REF", "refs/heads/main"},
                          {"DRONE_REPO_BRANCH", "main"},
                          {"DRONE_COMMIT_BEFORE", forked.fork}};
  CHECK(hex_of(range_of(forked.repository, drone).excluded) == Ids{forked.fork});
}
