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
  CHECK(topic.reason
        == "push to topic: 2 commits that it has and main has not; what it replaced, eeeeeeee, is not in this clone");
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
  CHECK(range.reason == "first run for topic: 2 commits that it has and main has not");
}

TEST_CASE("push: a new branch leaves out the branch that it grew from")
{
  Forked forked;
  forked.repository.git({"checkout", "--quiet", "-b", "upper", "topic"});
  const std::string upper = forked.repository.commit("c.txt", "one\n", "upper");
  const GitFixture clone = forked.repository.clone({});
  const GitRange range = range_of(clone, first_push("upper", upper));
  CHECK(hex_of(range.excluded) == Ids{forked.fork, forked.topic});
  CHECK(range.commits == 1);
  CHECK(range.reason
        == "first run for upper: 1 commit that it has and main has not, without 1 branch that it grew from");
}

TEST_CASE("push: of branches pushed at once no commit goes unseen")
{
  Forked forked;
  forked.repository.git({"branch", "same", "topic"});
  forked.repository.git({"checkout", "--quiet", "-b", "left", "topic"});
  const std::string left = forked.repository.commit("l.txt", "one\n", "left");
  const GitFixture clone = forked.repository.clone({});
  CHECK(range_of(clone, first_push("topic", forked.topic)).commits == 2);
  CHECK(range_of(clone, first_push("same", forked.topic)).commits == 2);
  CHECK(range_of(clone, first_push("left", left)).commits == 1);

  forked.repository.git({"branch", "--delete", "--force", "topic", "same"});
  forked.repository.git({"checkout", "--quiet", "-b", "right", forked.topic});
  const std::string right = forked.repository.commit("r.txt", "one\n", "right");
  const GitFixture forks = forked.repository.clone({});
  CHECK(range_of(forks, first_push("left", left)).commits == 3);
  CHECK(range_of(forks, first_push("right", right)).commits == 3);
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
  CHECK(range.reason == "first run for copy: 0 commits that it has and main has not");
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
  CHECK(topic.reason == "push without an event file: 2 commits that it has and origin's default branch has not");
  const GitRange main = range_of(clone, {.event = "push", .payload = "{}", .sha = forked.main, .act = true});
  CHECK(main.kind == RangeKind::history);
  CHECK(main.reason == "push without an event file, and no commit that the default branch has not");

  const GitRange without_remote =
      range_of(forked.repository,
               {.event = "pull_request", .payload = "{}", .sha = forked.topic, .ref = "refs/heads/topic", .act = true});
  CHECK(hex_of(without_remote.excluded) == Ids{forked.fork});
  CHECK(without_remote.reason == "pull_request without an event file: 2 commits that it has and main has not");
}

TEST_CASE("GitLab: a branch from what it was, or since the default branch in its first pipeline")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({});
  const GitRange later = range_of(clone, gitlab_push("topic", forked.topic, forked.first));
  CHECK(hex_of(later.excluded) == Ids{forked.first});
  CHECK(later.reason == "push to topic: 1 commit that it did not have before");
  const GitRange first = range_of(clone, gitlab_push("topic", forked.topic, zeros));
  CHECK(hex_of(first.excluded) == Ids{forked.fork});
  CHECK(first.reason == "first run for topic: 2 commits that it has and main has not");
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
                          {"DRONE_COMMIT_BEFORE", forked.fork}};
  CHECK(hex_of(range_of(forked.repository, drone).excluded) == Ids{forked.fork});
}
