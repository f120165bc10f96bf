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
