// SPDX-License-Identifier: Apache-2.0
#include "secrets/move_log.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {

TEST_CASE("a move that was undone is not undone again")
{
  const Sha256 one{1};
  const Sha256 two{2};
  MoveLog log;
  log.add("a", {one, "b", nullptr, 1});
  log.add("a", {one, "c", nullptr, 2});
  log.add("a", {two, "b", nullptr, 1});
  log.add("b", {one, "d", nullptr, 3});
  CHECK(log.take("c", {one, two}).empty());
  CHECK(log.take("a", {one}).size() == 2);
  CHECK(log.take("a", {one}).empty());
  CHECK(log.take("a", {one, two}).size() == 1);
  REQUIRE(log.size() == 1);
  CHECK(log.take("b", {one}).front().to == "d");
}

TEST_CASE("of moves from one place a tree may have one end, or the beginning")
{
  const Sha256 one{1};
  using Paths = std::set<std::string>;
  const auto copies_in = [&one](const Paths& tree) {
    MoveLog log;
    log.add("a", {one, "b", nullptr, 1});
    log.add("b", {one, "c", nullptr, 2});
    log.add("a", {one, "d", nullptr, 3});
    Paths copies;
    for (const MovedSecret& moved :
         log.take_copies([&tree](const std::string&path, const Sha256&) { return tree.contains(path); })) {
      copies.insert(moved.to);
    }
    CHECK(log.size() == 3 - copies.size());
    return copies;
  };
  CHECK(copies_in({}).empty());
  CHECK(copies_in({"a"}).empty());
  CHECK(copies_in({"c"}).empty());
  CHECK(copies_in({"d", "e"}).empty());
  CHECK(copies_in({"c", "d"}) == Paths{"d"});
  CHECK(copies_in({"a", "c"}) == Paths{"c"});
  CHECK(copies_in({"a", "b", "c", "d"}) == Paths{"b", "c", "d"});
}

TEST_CASE("what was moved back is where it began")
{
  const Sha256 one{1};
  MoveLog log;
  log.add("a", {one, "b", nullptr, 1});
  log.add("b", {one, "a", nullptr, 2});
  CHECK(log.take_copies([](const std::string& path, const Sha256&) { return path == "a"; }).empty());
}

TEST_CASE("a log that is asked too much says what it does not follow")
{
  MoveLog log;
  for (int i = 0; i < 1000; ++i) {
    log.add("a", {Sha256{1}, std::to_string(i), nullptr, 1});
  }
  const auto never = [](const std::string&, const Sha256&) { return false; };
  CHECK(log.take_copies(never).empty());
  CHECK(log.left_out() == 0);
  for (int i = 0; i < 100; ++i) {
    CHECK(log.take_copies(never).empty());
  }
  CHECK(log.left_out() == 1000);
}

TEST_CASE("a log that is full says what it leaves out")
{
  MoveLog log(1);
  log.add("a", {Sha256{1}, "b", nullptr, 1});
  CHECK(log.left_out() == 0);
  log.add("a", {Sha256{2}, "b", nullptr, 1});
  CHECK(log.left_out() == 1);
  CHECK(log.size() == 1);
}

}  // namespace sluice::secrets
