// SPDX-License-Identifier: Apache-2.0
//
// Whose configuration counts, in clones as the platforms make them.
#include "ci/trust.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using ci::CiContext;
using ci::Event;
using ci::Platform;
using ci::Trust;

namespace {

/// An upstream whose main has moved on since `change` left it, and what a platform fetched of it.
class Cloned
{
public:
  Cloned()
  {
    upstream_.git({"symbolic-ref", "HEAD", "refs/heads/main"});
    fork_point = upstream_.commit("a", "1", "fork point");
    upstream_.git({"checkout", "-q", "-b", "change"});
    head = upstream_.commit("b", "2", "change");
    upstream_.git({"checkout", "-q", "-b", "release/1", fork_point});
    release = upstream_.commit("c", "3", "release");
    upstream_.git({"checkout", "-q", "main"});
    tip = upstream_.commit("d", "4", "main");
  }

  /// A clone with nothing but the refs that these fetches bring.
  void
  fetch(const std::vector<std::string>& refspecs, const std::string& depth = {})
  {
    clone_.git({"remote", "add", "origin", "file://" + upstream_.path().string()});
    std::vector<std::string> arguments{"fetch", "-q", "--no-tags", "--refmap="};
    if (!depth.empty()) {
      arguments.push_back("--depth=" + depth);
    }
    arguments.emplace_back("origin");
    arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
    clone_.git(arguments);
  }
  void
  set_origin(const std::string& address)
  {
    clone_.git({"remote", "set-url", "origin", address});
  }
  test::GitFixture&
  clone()
  {
    return clone_;
  }
  test::GitFixture&
  upstream()
  {
    return upstream_;
  }
  [[nodiscard]] Trust
  trust(const CiContext& context, std::vector<std::string> trusted_branches = {}) const
  {
    const auto opened = git::Repository::open(clone_.path());
    REQUIRE(opened);
    return ci::find_trust(context, *opened, [&](const git::ObjectId&) { return trusted_branches; });
  }

  std::string fork_point, head, release, tip;

private:
  test::GitFixture upstream_;
  test::GitFixture clone_;
};

CiContext
request(const Cloned& cloned, Platform platform = Platform::github)
{
  CiContext context;
  context.platform = platform;
  context.event = Event::pull_request;
  context.head = cloned.head;
  context.base = cloned.fork_point;
  context.target_branch = "main";
  context.default_branch = "main";
  return context;
}

CiContext
push(std::string branch, std::string commit, std::string default_branch = "main")
{
  CiContext context;
  context.platform = Platform::github;
  context.event = Event::push;
  context.ref = "refs/heads/" + std::move(branch);
  context.checked_out = std::move(commit);
  context.default_branch = std::move(default_branch);
  return context;
}

const std::vector<std::string> everything{"+refs/heads/*:refs/remotes/origin/*"};

std::string
tip_of(const Trust& trust)
{
  return trust.tip ? trust.tip->hex() : "none";
}

}  // namespace

TEST_CASE("a request is judged by its target's tip as it is now, never by where it left it")
{
  Cloned cloned;
  cloned.fetch(everything);
  for (const Event event : {Event::pull_request, Event::pull_request_target, Event::merge_group}) {
    CiContext context = request(cloned);
    context.event = event;
    const Trust trust = cloned.trust(context);
    CHECK(trust.source == Trust::Source::tip);
    CHECK(tip_of(trust) == cloned.tip);
    CHECK(trust.branch == "main");
  }
  CiContext to_release = request(cloned);
  to_release.target_branch = "release/1";
  CHECK(tip_of(cloned.trust(to_release)) == cloned.release);
}

TEST_CASE("where the tip was not fetched nothing counts, though the fork point is there, and the fetch is told")
{
  Cloned cloned;
  cloned.fetch({"+refs/heads/change:refs/pipelines/1"}, "20");
  const Trust gitlab = cloned.trust(request(cloned, Platform::gitlab));
  CHECK(gitlab.source == Trust::Source::absent);
  CHECK(tip_of(gitlab) == "none");
  CHECK(gitlab.fix.find("git fetch origin") != std::string::npos);  // the clone of so short a history is whole
  Cloned shallow;
  shallow.fetch({"+refs/heads/change:refs/pipelines/1"}, "1");
  CHECK(shallow.trust(request(shallow, Platform::gitlab)).fix == "variables:\n  GIT_DEPTH: \"0\"");
  CHECK(shallow.trust(request(shallow)).fix == "with:\n  fetch-depth: 0");
  CHECK(shallow.trust(request(shallow, Platform::jenkins)).fix
        == "git fetch origin \\\n  +refs/heads/main:refs/remotes/origin/main");
}

TEST_CASE("what the platform names as the tip stands in for a branch that was not fetched")
{
  Cloned cloned;
  cloned.fetch({"+refs/heads/change:refs/remotes/pull/1/head", "+refs/heads/main:refs/keep"});
  CiContext context = request(cloned);
  CHECK(tip_of(cloned.trust(context)) == "none");
  context.target_tip = cloned.tip;
  CHECK(tip_of(cloned.trust(context)) == cloned.tip);
}

TEST_CASE("any other run is judged by the default branch, which is told and not guessed")
{
  Cloned cloned;
  cloned.fetch(everything);
  for (const Platform platform :
       {Platform::github, Platform::gitlab, Platform::woodpecker, Platform::drone, Platform::bitbucket, Platform::azure,
        Platform::circleci, Platform::jenkins, Platform::act, Platform::other}) {
    CAPTURE(name_of(platform));
    CiContext context = push("change", cloned.head);
    context.platform = platform;
    CHECK(tip_of(cloned.trust(context)) == cloned.tip);
    for (const Event event : {Event::tag_push, Event::dispatch, Event::schedule, Event::other, Event::none}) {
      CiContext other = context;
      other.event = event;
      other.ref = event == Event::tag_push ? "refs/tags/v1" : "";
      CHECK(tip_of(cloned.trust(other)) == cloned.tip);
    }
    context.default_branch.clear();
    const Trust unknown = cloned.trust(context);
    CHECK(unknown.source == Trust::Source::absent);
    CHECK(unknown.fix == "Name the default branch with --default-branch");
  }
  cloned.clone().git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/1"});
  CHECK(tip_of(cloned.trust(push("change", cloned.head, ""))) == cloned.release);
}

TEST_CASE("a push to the default branch is its tip, also in a clone that holds nothing else")
{
  Cloned cloned;
  cloned.fetch({cloned.tip}, "1");
  CHECK(tip_of(cloned.trust(push("main", cloned.tip))) == cloned.tip);
  Cloned whole;
  whole.fetch(everything);
  CHECK(tip_of(whole.trust(push("main", whole.fork_point))) == whole.tip);
}

TEST_CASE("a branch that the default branch's file trusts counts as itself")
{
  Cloned cloned;
  cloned.fetch(everything);
  CHECK(tip_of(cloned.trust(push("release/1", cloned.release), {"release/*"})) == cloned.release);
  CHECK(tip_of(cloned.trust(push("release/1", cloned.release), {"stable"})) == cloned.tip);
  CHECK(tip_of(cloned.trust(push("change", cloned.head), {"release/*"})) == cloned.tip);
}

TEST_CASE("in a shell or a hook the work tree counts, whatever HEAD is")
{
  Cloned cloned;
  cloned.fetch(everything);
  cloned.clone().git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"});
  cloned.clone().git({"checkout", "-q", "--detach", cloned.head});
  for (const Event event : {Event::none, Event::pre_push}) {
    CiContext context;
    context.event = event;
    const Trust trust = cloned.trust(context);
    CHECK(trust.source == Trust::Source::work_tree);
    CHECK(tip_of(trust) == cloned.tip);
  }
}

TEST_CASE("the branches of a fork are its owner's, whatever they are called")
{
  Cloned cloned;
  cloned.fetch(everything);
  CiContext context = request(cloned);
  context.repository = "acme/shop";
  for (const char* address : {"https://github.com/mallory/shop", "git@github.com:mallory/shop.git",
                              "ssh://git@github.com/mallory/shop/", "https://github.com/evil/not-acme/shop2"}) {
    CAPTURE(address);
    cloned.set_origin(address);
    CHECK(tip_of(cloned.trust(context)) == "none");
    CiContext run = push("change", cloned.head, "");
    run.repository = "acme/shop";
    CHECK(cloned.trust(run).source == Trust::Source::absent);
  }
  for (const char* address :
       {"https://github.com/Acme/Shop", "git@github.com:acme/shop.git", "../upstream", "file:///srv/git/mirror"}) {
    CAPTURE(address);
    cloned.set_origin(address);
    CHECK(tip_of(cloned.trust(context)) == cloned.tip);
  }
}

TEST_CASE("only the very ref is believed: no tag and no branch that is called like it")
{
  Cloned cloned;
  cloned.fetch({"+refs/heads/change:refs/remotes/origin/change"});
  cloned.clone().git({"update-ref", "refs/tags/refs/remotes/origin/main", cloned.head});
  cloned.clone().git({"update-ref", "refs/heads/refs/remotes/origin/main", cloned.head});
  cloned.clone().git({"update-ref", "refs/heads/main", cloned.head});
  cloned.clone().git({"update-ref", "refs/tags/main", cloned.head});
  CHECK(tip_of(cloned.trust(push("change", cloned.head))) == "none");
  CHECK(tip_of(cloned.trust(request(cloned))) == "none");
}

TEST_CASE("a repository without remotes is its own")
{
  Cloned cloned;
  CiContext context = push("change", cloned.head);
  const auto opened = git::Repository::open(cloned.upstream().path());
  REQUIRE(opened);
  CHECK(tip_of(ci::find_trust(context, *opened, [](const git::ObjectId&) { return std::vector<std::string>(); }))
        == cloned.tip);
}
