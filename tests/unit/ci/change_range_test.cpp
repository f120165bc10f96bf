// SPDX-License-Identifier: Apache-2.0
//
// Pull requests, merge requests and merge groups.
#include "range_case.hpp"
#include "webhook_payloads.hpp"

#include <doctest/doctest.h>

using sluice::Environment;

using namespace sluice::ci;
using namespace sluice::test;

namespace {

const std::string absent(40, 'e');

/// What actions/checkout makes of `refs/pull/12/merge`: no branch but what was asked for.
GitFixture
checkout(Forked& forked, const std::vector<std::string>& depth)
{
  GitFixture clone;
  clone.git({"remote", "add", "origin", "file://" + forked.repository.path().string()});
  std::vector<std::string> fetch{"fetch", "--quiet", "--no-tags"};
  fetch.insert(fetch.end(), depth.begin(), depth.end());
  fetch.insert(fetch.end(), {"origin", "+refs/pull/12/merge:refs/remotes/pull/12/merge"});
  clone.git(fetch);
  clone.git({"checkout", "--quiet", "--detach", "refs/remotes/pull/12/merge"});
  return clone;
}

Environment
merge_request(const Forked& forked)
{
  return {{"GITLAB_CI", "true"},
          {"CI_PROJECT_DIR", "/builds/p"},
          {"CI_JOB_NAME", "secrets"},
          {"CI_PIPELINE_SOURCE", "merge_request_event"},
          {"CI_COMMIT_SHA", forked.topic},
          {"CI_COMMIT_BEFORE_SHA", std::string(zeros)},
          {"CI_MERGE_REQUEST_IID", "12"},
          {"CI_MERGE_REQUEST_DIFF_BASE_SHA", forked.fork},
          {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"},
          {"CI_DEFAULT_BRANCH", "main"}};
}

}  // namespace

TEST_CASE("pull_request: what its head has since it left its base")
{
  Forked forked;
  const GitRange range = range_of(
      forked.repository,
      {.event = "pull_request", .payload = pull_request_payload(forked.topic, forked.main), .sha = forked.merge_ref()});
  CHECK(range.kind == RangeKind::commits);
  CHECK(hex_of(range.heads) == Ids{forked.topic});
  CHECK(hex_of(range.excluded) == Ids{forked.fork});
  CHECK(range.commits == 2);
  CHECK(range.text == between(forked.fork, forked.topic, "2 commits"));
  CHECK(range.reason == "pull request #12: 2 commits that its head has and main has not");
  CHECK(range.gaps.empty());
}

TEST_CASE("pull_request: only the merge commit's ref is in the clone")
{
  Forked forked;
  const std::string merge = forked.merge_ref();
  const GitFixture clone = checkout(forked, {});
  const GitRange range = range_of(
      clone, {.event = "pull_request", .payload = pull_request_payload(forked.topic, forked.main), .sha = merge});
  CHECK(hex_of(range.heads) == Ids{forked.topic});
  CHECK(hex_of(range.excluded) == Ids{forked.fork});
  CHECK(range.gaps.empty());
}

TEST_CASE("pull_request: a head or base that is gone is taken from the merge commit, and it says so")
{
  Forked forked;
  const std::string merge = forked.merge_ref();
  const GitFixture clone = checkout(forked, {});
  const GitRange no_head =
      range_of(clone, {.event = "pull_request", .payload = pull_request_payload(absent, forked.main), .sha = merge});
  CHECK(hex_of(no_head.heads) == Ids{forked.topic});
  CHECK(hex_of(no_head.excluded) == Ids{forked.fork});
  CHECK(no_head.reason
        == "pull request #12: 2 commits that its head has and main has not; its head eeeeeeee is not in this clone, "
           "the change that the checked out merge commit holds is");
  const GitRange no_base =
      range_of(clone, {.event = "pull_request", .payload = pull_request_payload(forked.topic, absent), .sha = merge});
  CHECK(hex_of(no_base.heads) == Ids{forked.topic});
  CHECK(hex_of(no_base.excluded) == Ids{forked.fork});
}

TEST_CASE("pull_request: a base that is gone is taken from the target branch")
{
  Forked forked;
  const GitRange range =
      range_of(forked.repository,
               {.event = "pull_request", .payload = pull_request_payload(forked.topic, absent), .sha = forked.topic});
  CHECK(hex_of(range.excluded) == Ids{forked.fork});
  CHECK(range.reason.ends_with("; its base eeeeeeee is not in this clone, the tip of main is"));
}

TEST_CASE("pull_request: a checkout of depth 1 is unresolved, with the two lines that mend it")
{
  Forked forked;
  const std::string merge = forked.merge_ref();
  const GitFixture clone = checkout(forked, {"--depth", "1"});
  const GitRange range = range_of(
      clone, {.event = "pull_request", .payload = pull_request_payload(forked.topic, forked.main), .sha = merge});
  CHECK(range.kind == RangeKind::unresolved);
  CHECK(range.text == "unresolved");
  CHECK(range.reason == "pull request #12: this clone does not hold what tells which commits it brings");
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().subject == "commit " + forked.topic.substr(0, 8));
  CHECK(range.gaps.front().why
        == "the head of pull request #12 is not in this clone, which holds only the newest commits");
  CHECK(range.gaps.front().fix == "with:\n  fetch-depth: 0");
}

TEST_CASE("pull_request: depth 1 of the head itself lacks the base")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--depth", "1", "--branch", "topic"});
  const GitRange range = range_of(
      clone,
      {.event = "pull_request", .payload = pull_request_payload(forked.topic, forked.main), .sha = forked.topic});
  CHECK(range.kind == RangeKind::unresolved);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().why
        == "main, the base of pull request #12, is not in this clone, which holds only the newest commits");
  CHECK(range.gaps.front().fix == "with:\n  fetch-depth: 0");
}

TEST_CASE("pull_request: a fork point beyond the fetched depth leaves a gap")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--depth", "1", "--no-single-branch"});
  const GitRange range = range_of(
      clone,
      {.event = "pull_request", .payload = pull_request_payload(forked.topic, forked.main), .sha = forked.topic});
  CHECK(range.kind == RangeKind::commits);
  CHECK(hex_of(range.excluded) == Ids{forked.main});
  CHECK(range.commits == 1);
  CHECK(range.reason.ends_with("; where the two part was not fetched"));
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().fix == "with:\n  fetch-depth: 0");
}

TEST_CASE("pull_request: merges are followed into every parent")
{
  Forked forked;
  forked.repository.git({"checkout", "--quiet", "-b", "side", forked.fork});
  forked.repository.commit("c.txt", "one\n", "side");
  forked.repository.git({"checkout", "--quiet", "topic"});
  forked.repository.git({"merge", "--quiet", "--no-ff", "-m", "Merge side", "side"});
  const std::string head = forked.repository.git({"rev-parse", "HEAD"});
  const GitRange range = range_of(
      forked.repository, {.event = "pull_request", .payload = pull_request_payload(head, forked.main), .sha = head});
  CHECK(range.commits == 4);
}

TEST_CASE("pull_request: a history of its own counts in full")
{
  Forked forked;
  forked.repository.git({"checkout", "--quiet", "--orphan", "island"});
  const std::string island = forked.repository.commit("i.txt", "one\n", "island");
  const GitRange range =
      range_of(forked.repository,
               {.event = "pull_request", .payload = pull_request_payload(island, forked.main), .sha = island});
  CHECK(range.commits == 1);
  CHECK(range.reason.ends_with("; the two share no history"));
  CHECK(range.gaps.empty());
}

TEST_CASE("pull_request_target: the head that was not checked out is a gap, the merge commit is not asked")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--single-branch", "--branch", "main"});
  const GitRange range = range_of(
      clone,
      {.event = "pull_request_target", .payload = pull_request_payload(forked.topic, forked.main), .sha = forked.main});
  CHECK(range.kind == RangeKind::unresolved);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().why
        == "the head of pull request #12 is not in this clone: pull_request_target checks the target branch out");
  CHECK(
      range.gaps.front().fix.starts_with("with:\n  fetch-depth: 0\n  ref: ${{ github.event.pull_request.head.sha }}"));

  const GitRange present = range_of(
      forked.repository,
      {.event = "pull_request_target", .payload = pull_request_payload(forked.topic, forked.main), .sha = forked.main});
  CHECK(hex_of(present.heads) == Ids{forked.topic});
  CHECK(present.commits == 2);
}

TEST_CASE("merge_group: what the group adds to its base")
{
  Forked forked;
  const std::string merge = forked.merge_ref();
  const GitRange range = range_of(
      forked.repository, {.event = "merge_group", .payload = merge_group_payload(merge, forked.main), .sha = merge});
  CHECK(hex_of(range.heads) == Ids{merge});
  CHECK(hex_of(range.excluded) == Ids{forked.main});
  CHECK(range.commits == 3);
  CHECK(range.reason == "merge group: 3 commits that its head has and main has not");
}

TEST_CASE("merge_group: a base that is not here is a gap; the target's tip may be older and is not it")
{
  Forked forked;
  const std::string merge = forked.merge_ref();
  const GitRange range =
      range_of(forked.repository,
               {.event = "merge_group", .payload = merge_group_payload(merge, std::string(40, 'e')), .sha = merge});
  CHECK(range.kind == RangeKind::unresolved);
  REQUIRE(range.gaps.size() == 1);
}

TEST_CASE("pull_request: a fork's branch of the target's name is not the target")
{
  Forked forked;
  GitFixture clone = forked.repository.clone({});
  clone.git({"remote", "set-url", "origin", "https://github.com/mallory/Hello-World"});
  CiContext context;
  context.platform = Platform::github;
  context.event = Event::pull_request_target;
  context.repository = "octocat/Hello-World";
  context.target_branch = "main";
  context.head = forked.topic;
  CHECK(range_of(clone, context).kind == RangeKind::unresolved);
  context.base = forked.main;
  CHECK(range_of(clone, context).commits == 2);
}

TEST_CASE("GitLab: a merge request's pipeline, detached and with merged results")
{
  Forked forked;
  Environment environment = merge_request(forked);
  const GitRange detached = range_of(forked.repository, environment);
  CHECK(hex_of(detached.heads) == Ids{forked.topic});
  CHECK(hex_of(detached.excluded) == Ids{forked.fork});
  CHECK(detached.reason == "merge request !12: 2 commits that its head has and main has not");

  environment["CI_COMMIT_SHA"] = forked.merge_ref();
  environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = forked.topic;
  const GitRange merged = range_of(forked.repository, environment);
  CHECK(hex_of(merged.heads) == Ids{forked.topic});
  CHECK(hex_of(merged.excluded) == Ids{forked.fork});
}

TEST_CASE("GitLab: a shallow clone is told GitLab's two lines")
{
  Forked forked;
  const GitFixture clone = forked.repository.clone({"--depth", "1", "--branch", "topic"});
  const GitRange range = range_of(clone, merge_request(forked));
  CHECK(range.kind == RangeKind::unresolved);
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().fix == "variables:\n  GIT_DEPTH: \"0\"");
}

TEST_CASE("Woodpecker and Drone: a pull request since it left its target branch")
{
  Forked forked;
  const GitRange woodpecker = range_of(forked.repository, Environment{{"CI", "woodpecker"},
                                                                      {"CI_PIPELINE_EVENT", "pull_request"},
                                                                      {"CI_COMMIT_SHA", forked.topic},
                                                                      {"CI_COMMIT_TARGET_BRANCH", "main"}});
  CHECK(hex_of(woodpecker.excluded) == Ids{forked.fork});
  CHECK(woodpecker.reason == "pull request: 2 commits that its head has and main has not");
  const Environment drone{{"DRONE", "true"},
                          {"DRONE_BUILD_EVENT", "pull_request"},
                          {"DRONE_COMMIT_SHA", forked.topic},
                          {"DRONE_PULL_REQUEST", "3"},
                          {"DRONE_TARGET_BRANCH", "main"}};
  CHECK(range_of(forked.repository, drone).reason == "pull request #3: 2 commits that its head has and main has not");

  const GitFixture shallow = forked.repository.clone({"--depth", "1", "--branch", "topic"});
  const GitRange cut = range_of(shallow, drone);
  CHECK(cut.kind == RangeKind::unresolved);
  REQUIRE(cut.gaps.size() == 1);
  CHECK(cut.gaps.front().subject == "commit range");
  CHECK(cut.gaps.front().fix == "git fetch --unshallow");
}
