// SPDX-License-Identifier: Apache-2.0
//
// The hooks of a server, the program pre-commit, and runs without a repository.
#include "range_case.hpp"
#include "webhook_payloads.hpp"

#include <doctest/doctest.h>

using sluice::Environment;
using sluice::ErrorKind;
using sluice::GapKind;

using namespace sluice::ci;
using namespace sluice::test;

namespace {

CiContext
receiving(std::vector<PushedRef> refs)
{
  CiContext context;
  context.event = Event::pre_receive;
  context.event_name = "pre-receive";
  context.pushed = std::move(refs);
  return context;
}

/// A ref that is to move from `before` (empty: it is new) to `after` (empty: it goes).
PushedRef
moved(std::string ref, std::string before, std::string after)
{
  return {ref, std::move(after), ref, std::move(before)};
}

}  // namespace

TEST_CASE("each line of a pre-receive hook's input is a ref")
{
  const std::string one(40, '1');
  const std::string two(40, '2');
  const auto refs = parse_pre_receive(fmt::format("{} {} refs/heads/a\n{} {} refs/tags/v1\n\n", one, two, zeros, two));
  REQUIRE(refs);
  REQUIRE(refs->size() == 2);
  CHECK(refs->front().remote_id == one);
  CHECK(refs->front().local_id == two);
  CHECK(refs->front().remote_ref == "refs/heads/a");
  CHECK(refs->back().remote_id.empty());
  for (const std::string& bad : {one + " " + two, "x " + two + " refs/heads/a", one + "  refs/heads/a",
                                 one + " " + two + " refs/heads/a extra", "refs/heads/a " + one + " " + two}) {
    const auto refused = parse_pre_receive(bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::input);
    CHECK(refused.error().message.starts_with("pre-receive input: line 1"));
  }
}

TEST_CASE("pre-receive: what the new ids reach and no ref of the repository does")
{
  Forked forked;
  GitFixture& repository = forked.repository;
  repository.git({"checkout", "--quiet", "--detach", "topic"});
  const std::string next = repository.commit("n.txt", "n\n", "pushed");
  repository.git({"checkout", "--quiet", "main"});
  SUBCASE("a branch that moves")
  {
    const GitRange range = range_of(repository, receiving({moved("refs/heads/topic", forked.topic, next)}));
    CHECK(range.kind == RangeKind::commits);
    CHECK(hex_of(range.heads) == Ids{next});
    CHECK(hex_of(range.excluded).front() == forked.topic);
    CHECK(range.reason == "push to topic: 1 commit that no ref of the repository has");
  }
  SUBCASE("a new branch is compared with where it grew from and leaves out what any branch has")
  {
    const GitRange range = range_of(repository, receiving({moved("refs/heads/new", "", next)}));
    CHECK(range.commits == 1);
    CHECK(hex_of(range.excluded).front() == forked.fork);
  }
  SUBCASE("what other branches have is let in already")
  {
    CHECK(range_of(repository, receiving({moved("refs/heads/new", "", forked.topic)})).commits == 0);
  }
  SUBCASE("a deletion beside it, and alone")
  {
    const PushedRef gone = moved("refs/heads/topic", forked.topic, "");
    CHECK(range_of(repository, receiving({gone, moved("refs/heads/new", "", next)})).commits == 1);
    CHECK(range_of(repository, receiving({gone})).kind == RangeKind::nothing);
  }
  SUBCASE("an id that is not here, and an object that is no commit, are gaps")
  {
    const GitRange missing = range_of(repository, receiving({moved("refs/heads/x", "", std::string(40, 'e'))}));
    CHECK(missing.kind == RangeKind::unresolved);
    CHECK(missing.gaps.size() == 1);
    const std::string blob = repository.git({"rev-parse", "HEAD:" + repository.git({"ls-files"}).substr(0, 5)});
    const GitRange range = range_of(repository, receiving({moved("refs/tags/blob", "", blob)}));
    REQUIRE(range.gaps.size() == 1);
    CHECK(range.gaps.front().kind == GapKind::unjudged);
  }
}

TEST_CASE("a hook whose standard input cannot be read is unresolved")
{
  Forked forked;
  for (const Event event : {Event::pre_push, Event::pre_receive}) {
    CiContext context = receiving({});
    context.event = event;
    context.unread_refs = "standard input is closed";
    const GitRange range = range_of(forked.repository, context);
    CHECK(range.kind == RangeKind::unresolved);
    REQUIRE(range.gaps.size() == 1);
    CHECK(range.gaps.front().kind == GapKind::no_range);
    CHECK(range.gaps.front().why == "standard input is closed");
  }
}

TEST_CASE("pre-commit tells by its variables whether a commit or a push is next")
{
  const auto taken = [](const Environment& environment) {
    CiContext context;
    take_pre_commit(context, environment);
    return context;
  };
  const std::string one(40, '1');
  const std::string two(40, '2');
  CHECK(taken({{"PRE_COMMIT", "1"}}).staged);
  const CiContext push = taken({{"PRE_COMMIT", "1"},
                                {"PRE_COMMIT_FROM_REF", one},
                                {"PRE_COMMIT_TO_REF", two},
                                {"PRE_COMMIT_REMOTE_NAME", "public"},
                                {"PRE_COMMIT_LOCAL_BRANCH", "refs/heads/topic"},
                                {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/topic"}});
  CHECK_FALSE(push.staged);
  CHECK(push.event == Event::pre_push);
  CHECK(push.remote == "public");
  REQUIRE(push.pushed.size() == 1);
  CHECK(push.pushed.front().local_id == two);
  CHECK(push.pushed.front().remote_id == one);
  const CiContext all = taken({{"PRE_COMMIT_REMOTE_NAME", "origin"}});
  CHECK(all.event == Event::pre_push);
  CHECK(all.pushed.empty());
  const CiContext by_hand = taken({{"PRE_COMMIT_FROM_REF", "main"}, {"PRE_COMMIT_TO_REF", "HEAD"}});
  CHECK(by_hand.to_revision == "HEAD");
  CiContext pipeline;
  pipeline.platform = Platform::github;
  pipeline.event = Event::pull_request;
  take_pre_commit(pipeline, {{"PRE_COMMIT_FROM_REF", one}, {"PRE_COMMIT_TO_REF", two}});
  CHECK(pipeline.is_request());
  CHECK(pipeline.to_revision == two);
}

TEST_CASE("pre-commit: what is staged, or the revisions of a run by hand")
{
  Forked forked;
  CiContext context;
  context.staged = true;
  CHECK(range_of(forked.repository, context).kind == RangeKind::staged);
  CiContext by_hand;
  by_hand.from_revision = "main";
  by_hand.to_revision = "topic";
  CHECK(hex_of(range_of(forked.repository, by_hand).heads) == Ids{forked.topic});
}

TEST_CASE("without a repository an event has nothing to speak of, and a plain shell has files")
{
  CiContext shell;
  const sluice::Gap gap = no_repository(shell, "is none");
  CHECK(gap.kind == GapKind::no_repository);
  CHECK(range_without_repository(shell, gap, Presence::nothing).kind == RangeKind::history);
  CHECK(range_without_repository(shell, gap, Presence::unusable).kind == RangeKind::unresolved);
  CiContext hook;
  hook.staged = true;
  CHECK(range_without_repository(hook, gap, Presence::nothing).kind == RangeKind::unresolved);
  for (const Platform platform : {Platform::github, Platform::act, Platform::gitlab, Platform::gitlab_ci_local,
                                  Platform::woodpecker, Platform::drone}) {
    CiContext context;
    context.platform = platform;
    const GitRange range = range_without_repository(context, no_repository(context, "is none"), Presence::nothing);
    CHECK(range.kind == RangeKind::unresolved);
    REQUIRE(range.gaps.size() == 1);
    CHECK(range.gaps.front().fix.find('\n') != std::string::npos);
  }
}
