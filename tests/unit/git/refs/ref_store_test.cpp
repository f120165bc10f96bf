// SPDX-License-Identifier: Apache-2.0
#include "git/refs.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <future>

using namespace sluice;

namespace {

constexpr std::string_view ref = "refs/heads/ledger";

Environment
environment()
{
  return {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
          {"GIT_CONFIG_NOSYSTEM", "1"},
          {"GIT_CONFIG_GLOBAL", "/dev/null"},
          {"GIT_COMMITTER_NAME", "Ada"},
          {"GIT_COMMITTER_EMAIL", "ada@example.org"}};
}

git::ObjectId
id(const std::string& hex)
{
  return git::ObjectId::from_hex(hex).value();
}

std::optional<git::ObjectId>
value_of_ref(const test::GitFixture& fixture)
{
  const auto repository = git::Repository::open(fixture.path()).value();
  const auto found = repository.resolve(ref);
  return found ? std::optional(*found) : std::nullopt;
}

}  // namespace

TEST_CASE("a ref moves from the value that is expected, and from no other")
{
  for (const std::vector<std::string>& init : {std::vector<std::string>{}, {"--object-format=sha256"}}) {
    test::GitFixture fixture(init);
    const auto one = id(fixture.commit("a", "1", "one"));
    const auto two = id(fixture.commit("a", "2", "two"));
    const auto repository = git::Repository::open(fixture.path()).value();
    git::RefStore refs(repository, environment());
    CHECK(refs.compare_and_swap(ref, one, two).value() == git::Swap::lost);
    CHECK_FALSE(value_of_ref(fixture));
    CHECK(refs.compare_and_swap(ref, std::nullopt, one).value() == git::Swap::done);
    CHECK(value_of_ref(fixture) == one);
    CHECK(refs.compare_and_swap(ref, std::nullopt, two).value() == git::Swap::lost);
    CHECK(refs.compare_and_swap(ref, two, two).value() == git::Swap::lost);
    CHECK(value_of_ref(fixture) == one);
    CHECK(refs.compare_and_swap(ref, one, two).value() == git::Swap::done);
    CHECK(value_of_ref(fixture) == two);
  }
}

TEST_CASE("what is no ref, or names no object, is an error and changes nothing")
{
  test::GitFixture fixture;
  const auto one = id(fixture.commit("a", "1", "one"));
  const auto repository = git::Repository::open(fixture.path()).value();
  git::RefStore refs(repository, environment());
  for (const char* name : {"HEAD", "refs/../config", "refs/heads/a..b", "--help", ""}) {
    CHECK(refs.compare_and_swap(name, std::nullopt, one).error().kind == ErrorKind::usage);
  }
  const auto absent = id(std::string(40, 'a'));
  CHECK(refs.compare_and_swap(ref, std::nullopt, absent).error().kind == ErrorKind::environment);
  CHECK_FALSE(value_of_ref(fixture));
}

TEST_CASE("at a remote the same holds, with what the commit needs pushed along")
{
  test::GitFixture remote({"--bare"});
  test::GitFixture local;
  const auto one = id(local.commit("a", "1", "one"));
  const auto two = id(local.commit("a", "2", "two"));
  local.git({"remote", "add", "origin", remote.path().string()});
  const auto repository = git::Repository::open(local.path()).value();
  git::RefStore refs(repository, environment());
  CHECK_FALSE(refs.remote_value("origin", ref).value());
  CHECK(refs.push_and_swap("origin", ref, one, two).value() == git::Swap::lost);
  CHECK(refs.push_and_swap("origin", ref, std::nullopt, one).value() == git::Swap::done);
  CHECK(refs.remote_value("origin", ref).value() == one);
  CHECK(value_of_ref(remote) == one);
  CHECK(refs.push_and_swap("origin", ref, std::nullopt, two).value() == git::Swap::lost);
  CHECK(refs.push_and_swap("origin", ref, one, two).value() == git::Swap::done);
  CHECK(refs.push_and_swap("origin", ref, two, one).value() == git::Swap::done);  // backwards: the value decides alone
  CHECK(refs.push_and_swap("nowhere", ref, one, two).error().kind == ErrorKind::unavailable);
  CHECK(refs.remote_value("nowhere", ref).error().kind == ErrorKind::unavailable);
}

TEST_CASE("of many who try at once one wins")
{
  test::GitFixture fixture;
  const auto start = id(fixture.commit("a", "0", "start"));
  std::vector<git::ObjectId> next;
  for (int i = 0; i < 12; ++i) {
    next.push_back(id(fixture.commit("a", std::to_string(i + 1), "next")));
  }
  const auto repository = git::Repository::open(fixture.path()).value();
  REQUIRE(git::RefStore(repository, environment()).compare_and_swap(ref, std::nullopt, start).value()
          == git::Swap::done);
  std::vector<std::future<git::Swap>> tries;
  for (const git::ObjectId& wanted : next) {
    tries.push_back(std::async(std::launch::async, [&repository, start, wanted] {
      return git::RefStore(repository, environment()).compare_and_swap(ref, start, wanted).value();
    }));
  }
  std::size_t won = 0;
  for (auto& each : tries) {
    won += each.get() == git::Swap::done ? 1 : 0;
  }
  CHECK(won == 1);
}
