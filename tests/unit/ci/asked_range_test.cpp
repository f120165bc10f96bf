// SPDX-License-Identifier: Apache-2.0
//
// A plain shell, --base and --head, and a pre-push hook.
#include "range_case.hpp"
#include "webhook_payloads.hpp"

#include <doctest/doctest.h>

using sluice::Environment;

using namespace sluice::ci;
using namespace sluice::test;
using sluice::ErrorKind;
using sluice::GapKind;

namespace {

CiContext
pushing(std::vector<PushedRef> refs, std::string remote = {})
{
  CiContext context;
  context.event = Event::pre_push;
  context.event_name = "pre-push";
  context.pushed = std::move(refs);
  context.remote = std::move(remote);
  return context;
}

PushedRef
ref(std::string name, std::string local, std::string remote = {})
{
  return {name, std::move(local), name, std::move(remote)};
}

std::string
error_of(const GitFixture& repository, const RangeRequest& request)
{
  const auto opened = sluice::git::Repository::open(repository.path());
  REQUIRE(opened);
  const auto range = resolve_range({}, *opened, request);
  REQUIRE_FALSE(range);
  CHECK(range.error().kind == ErrorKind::usage);
  return range.error().message;
}

}  // namespace

TEST_CASE("a plain shell: the whole history, also of an empty repository")
{
  Forked forked;
  const GitRange range = range_of(forked.repository, Environment{});
  CHECK(range.kind == RangeKind::history);
  CHECK(hex_of(range.heads) == Ids{forked.main});
  CHECK(range.reason == "no event says that less has changed");
  CHECK(range.gaps.empty());
  CHECK(range_of(GitFixture(), Environment{}).heads.empty());
}

TEST_CASE("a plain shell: a shallow clone is a gap that git can mend")
{
  Forked forked;
  const GitRange range = range_of(forked.repository.clone({"--depth", "1"}), Environment{});
  REQUIRE(range.gaps.size() == 1);
  CHECK(range.gaps.front().fix == "git fetch --unshallow");
}

TEST_CASE("--base: what HEAD has since it left the base")
{
  Forked forked;
  forked.repository.git({"checkout", "--quiet", "topic"});
  const GitRange range = range_of(forked.repository, Environment{}, {.base = "main"});
  CHECK(range.kind == RangeKind::commits);
  CHECK(hex_of(range.heads) == Ids{forked.topic});
  CHECK(hex_of(range.excluded) == Ids{forked.fork});
  CHECK(range.text == between(forked.fork, forked.topic, "2 commits"));
  CHECK(range.reason == "--base: 2 commits that HEAD has and main has not");
}

TEST_CASE("--base and --head win over the event")
{
  Forked forked;
  CiContext context;
  context.platform = Platform::github;
  context.event = Event::push;
  context.head = forked.topic;
  context.before = forked.fork;
  const GitRange both = range_of(forked.repository, context, {.base = forked.root.substr(0, 10), .head = "main"});
  CHECK(hex_of(both.heads) == Ids{forked.main});
  CHECK(hex_of(both.excluded) == Ids{forked.root});
  const GitRange base = range_of(forked.repository, context, {.base = "main"});
  CHECK(hex_of(base.heads) == Ids{forked.topic});
  const GitRange head = range_of(forked.repository, context, {.head = "main~1"});
  CHECK(hex_of(head.heads) == Ids{forked.fork});
  CHECK(head.excluded.empty());
  CHECK(head.reason == "--head: 2 commits that main~1 has");
}

TEST_CASE("--base and --head between which there is no commit: nothing was looked at, and that is told")
{
  Forked forked;
  struct Asked
  {
    std::string base, head, why;
  };
  const std::string fork = forked.fork.substr(0, 8);
  for (const Asked& asked : {Asked{"main", "main", "has no commit that main has not"},
                             Asked{"main", "main~1", "the head, " + fork + ", has no commit that main has not"},
                             Asked{forked.main, "", "has no commit that"}}) {
    const GitRange range = range_of(forked.repository, Environment{}, {.base = asked.base, .head = asked.head});
    CHECK(range.kind == RangeKind::unresolved);
    REQUIRE(range.gaps.size() == 1);
    CHECK(range.gaps.front().kind == sluice::GapKind::no_range);
    CHECK(range.gaps.front().why.find(asked.why) != std::string::npos);
    CHECK(range.gaps.front().fix.find("\ngit log --oneline ") != std::string::npos);
  }
}

TEST_CASE("--base and --head that name no commit are the person's mistake")
{
  Forked forked;
  CHECK(error_of(forked.repository, {.base = "mian"}) == "--base mian: names no commit in this repository");
  CHECK(
      error_of(forked.repository, {.base = "main", .head = "--upload-pack=x"}).starts_with("--head --upload-pack=x: "));
  const GitFixture clone = forked.repository.clone({"--depth", "1"});
  CHECK(error_of(clone, {.base = "origin/topic"})
        == "--base origin/topic: names no commit in this repository, which is shallow. Fetch all of it:\n"
           "git fetch --unshallow");
}

TEST_CASE("pre-push: what the remote's ref has not")
{
  Forked forked;
  const GitRange range = range_of(forked.repository, pushing({ref("refs/heads/topic", forked.topic, forked.first)}));
  CHECK(hex_of(range.heads) == Ids{forked.topic});
  CHECK(hex_of(range.excluded) == Ids{forked.first});
  CHECK(range.reason == "push of topic: 1 commit that the remote has not");
}

TEST_CASE("pre-push: a new ref leaves out what the remote's other branches have")
{
  Forked forked;
  forked.repository.git({"branch", "--delete", "--force", "topic"});
  GitFixture clone = forked.repository.clone({});
  clone.git({"checkout", "--quiet", "-b", "new"});
  const std::string tip = clone.commit("n.txt", "one\n", "new");
  const GitRange range = range_of(clone, pushing({ref("refs/heads/new", tip)}));
  CHECK(hex_of(range.excluded) == Ids{forked.main});
  CHECK(range.commits == 1);
  SUBCASE("what the remote had is not here: the same")
  {
    const GitRange gone = range_of(clone, pushing({ref("refs/heads/new", tip, std::string(40, 'e'))}));
    CHECK(hex_of(gone.excluded) == Ids{forked.main});
  }
  SUBCASE("with several remotes only the named one's branches count")
  {
    clone.git({"remote", "add", "public", "https://example.org/acme/shop.git"});
    clone.git({"update-ref", "refs/remotes/public/main", forked.root});
    const GitRange unknown = range_of(clone, pushing({ref("refs/heads/new", tip)}));
    CHECK(unknown.excluded.empty());
    CHECK(unknown.commits == 4);
    CHECK(unknown.reason.find("which of several remotes") != std::string::npos);
    CHECK(hex_of(range_of(clone, pushing({ref("refs/heads/new", tip)}, "public")).excluded) == Ids{forked.root});
  }
  SUBCASE("a name counts with the place that it stands for")
  {
    clone.git({"remote", "add", "public", "https://example.org/acme/shop.git"});
    clone.git({"update-ref", "refs/remotes/public/main", forked.root});
    CiContext context = pushing({ref("refs/heads/new", tip)}, "public");
    for (const char* same : {"https://example.org/acme/shop.git", "git@example.org:acme/shop",
                             "ssh://git:secret@Example.org:22/acme/shop/"}) {
      CAPTURE(same);
      context.remote_url = same;
      CHECK(hex_of(range_of(clone, context).excluded) == Ids{forked.root});
    }
    for (const char* other :
         {"https://public.example.org/acme/shop.git", "https://example.org/acme/other", "/srv/shop"}) {
      CAPTURE(other);
      context.remote_url = other;
      CHECK(range_of(clone, context).excluded.empty());
    }
    SUBCASE("without a name the place alone")
    {
      context.remote = context.remote_url = "https://example.org/acme/shop";
      CHECK(hex_of(range_of(clone, context).excluded) == Ids{forked.root});
      context.remote = context.remote_url = "https://example.org/never/fetched";
      const GitRange never = range_of(clone, context);
      CHECK(never.excluded.empty());
      CHECK(never.reason.find("nothing was ever fetched from there") != std::string::npos);
    }
  }
  SUBCASE("the text of an annotated tag is pushed as well")
  {
    clone.git({"tag", "--annotate", "-m", "one", "v1", tip});
    const std::string tag = clone.git({"rev-parse", "refs/tags/v1"});
    CHECK(hex_of(range_of(clone, pushing({ref("refs/tags/v1", tag)})).tags) == Ids{tag});
  }
}

TEST_CASE("pre-push: several refs, of which one is deleted")
{
  Forked forked;
  const GitRange range = range_of(forked.repository, pushing({ref("refs/heads/topic", forked.topic, forked.fork),
                                                              ref("refs/heads/old", "", forked.root),
                                                              ref("refs/heads/main", forked.main, forked.fork)}));
  CHECK(hex_of(range.heads) == Ids{forked.topic, forked.main});
  CHECK(range.commits == 3);
  CHECK(range.reason == "push of 3 refs: 3 commits that the remote has not");
}

TEST_CASE("pre-push: only deletions are nothing")
{
  Forked forked;
  const GitRange range = range_of(forked.repository, pushing({ref("refs/heads/old", "", forked.root)}));
  CHECK(range.kind == RangeKind::nothing);
  CHECK(range.reason == "push of old: it only deletes");
}

TEST_CASE("pre-push: no ref named may be a hook manager's doing, so what could be pushed is judged")
{
  Forked forked;
  forked.repository.git({"branch", "--delete", "--force", "topic"});
  GitFixture clone = forked.repository.clone({});
  CHECK(range_of(clone, pushing({})).commits == 0);
  clone.commit("n.txt", "one\n", "not pushed");
  const GitRange range = range_of(clone, pushing({}));
  CHECK(range.kind == RangeKind::commits);
  CHECK(range.commits == 1);
  CHECK(range_of(GitFixture(), pushing({})).kind == RangeKind::nothing);
}

TEST_CASE("pre-push: a commit that is not here is unresolved")
{
  Forked forked;
  const GitRange range = range_of(forked.repository, pushing({ref("refs/heads/x", std::string(40, 'e'))}));
  CHECK(range.kind == RangeKind::unresolved);
  CHECK(range.gaps.size() == 1);
}

TEST_CASE("pre-push: what is no commit, or a tag of what is none, is said to be that")
{
  Forked forked;
  const std::string tree = forked.repository.git({"rev-parse", "HEAD^{tree}"}).substr(0, 40);
  forked.repository.git({"tag", "-a", "-m", "a tag", "of-tree", tree});
  const std::string tag = forked.repository.git({"rev-parse", "refs/tags/of-tree"}).substr(0, 40);
  for (const std::string& id : {tree, tag}) {
    const GitRange range = range_of(forked.repository, pushing({ref("refs/tags/x", id)}));
    CHECK(range.kind == RangeKind::unresolved);
    REQUIRE(range.gaps.size() == 1);
    CHECK(range.gaps.front().kind == GapKind::unjudged);
    CHECK(range.gaps.front().why == "names no commit, and only commits are examined before a push");
  }
  const GitRange both =
      range_of(forked.repository, pushing({ref("refs/tags/x", tag), ref("refs/heads/topic", forked.topic)}));
  CHECK(both.kind == RangeKind::commits);
  CHECK(both.gaps.size() == 1);
}

TEST_CASE("a SHA-256 repository and a linked worktree resolve alike")
{
  GitFixture repository(std::vector<std::string>{"--object-format=sha256"});
  const std::string one = repository.commit("a.txt", "one\n", "one");
  const std::string two = repository.commit("a.txt", "two\n", "two");
  const GitRange range =
      range_of(repository, {.event = "push", .payload = push_payload({.before = one, .after = two}), .sha = two});
  CHECK(hex_of(range.heads) == Ids{two});
  CHECK(hex_of(range.excluded) == Ids{one});

  Forked forked;
  forked.repository.git({"worktree", "add", "--quiet", "../linked", "topic"});
  const GitFixture linked(std::filesystem::path(forked.repository.path().parent_path() / "linked"));
  CHECK(hex_of(range_of(linked, Environment{}, {.base = "main"}).heads) == Ids{forked.topic});
}
