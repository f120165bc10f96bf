// SPDX-License-Identifier: Apache-2.0
#include "secrets/displacement.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {

namespace {

const Sha256 one{1};
const Sha256 two{2};
using Known = std::set<Sha256>;

}  // namespace

TEST_CASE("what was at a path is known there, however often it is there afterwards")
{
  Displacement change;
  change.add_before("a", {one});
  change.add_after("a", {one, two});
  change.settle();
  CHECK(change.known_at("a") == Known{one});
  CHECK(change.moves().empty());
}

TEST_CASE("a copy is new")
{
  Displacement change;
  change.add_before("a", {one});
  change.add_after("a", {one});
  change.add_after("b", {one});
  change.settle();
  CHECK(change.known_at("a") == Known{one});
  CHECK(change.known_at("b").empty());
}

TEST_CASE("what a change takes away from a path it moved to one other")
{
  Displacement change;
  change.add_before("a", {one, two});
  change.add_after("a", {two});
  change.add_after("b", {one, two});
  change.add_after("c", {one});
  change.settle();
  CHECK(change.known_at("b") == Known{one});
  CHECK(change.known_at("c").empty());
  CHECK(change.moves() == std::map<Sha256, std::vector<Move>>{{one, {{.from = "a", .to = "b"}}}});
}

TEST_CASE("two paths that are taken away account for two others")
{
  Displacement change;
  change.add_before("a", {one});
  change.add_before("b", {one});
  change.add_after("c", {one});
  change.add_after("d", {one});
  change.settle();
  CHECK(change.known_at("c") == Known{one});
  CHECK(change.known_at("d") == Known{one});
}

TEST_CASE("what is not gone was not moved")
{
  Displacement change;
  change.add_before("a", {one});
  change.add_after("b", {one});
  change.settle([](const std::string& path, const Sha256&) { return path != "a"; });
  CHECK(change.known_at("b").empty());
}

}  // namespace sluice::secrets
