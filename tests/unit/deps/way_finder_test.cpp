// SPDX-License-Identifier: Apache-2.0
#include "deps/ways.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

using namespace sluice;
using namespace sluice::deps;

namespace {

PackageId
add(PackageList& list, std::string name, Part part = Part::third_party)
{
  Package package;
  package.ecosystem = "npm";
  package.name = list.keep(std::move(name));
  package.version = "1.0.0";
  package.part = part;
  return list.add(package);
}

Ways
ways_to(const PackageList& list, PackageId package, std::size_t most = 5)
{
  return WayFinder(list).ways_to(std::array{package}, most);
}

std::string
told(const Way& way, const PackageList& list)
{
  std::string text;
  for (const PackageId id : way.packages) {
    text += (text.empty() ? "" : ">") + std::string(list.packages()[id].name);
  }
  return text;
}

/// The first is the root, each other one is needed by the one before it.
std::vector<PackageId>
chain(PackageList& list, std::size_t length)
{
  std::vector<PackageId> ids{add(list, "root", Part::root)};
  for (std::size_t i = 1; i <= length; ++i) {
    ids.push_back(add(list, fmt::format("p{}", i)));
    list.need(ids[i - 1], ids[i]);
  }
  return ids;
}

}  // namespace

TEST_CASE("the shortest way from each direct dependency is told, shortest first, and all are counted")
{
  PackageList list;
  const PackageId root = add(list, "root", Part::root);
  const PackageId a = add(list, "a");
  const PackageId b = add(list, "b");
  const PackageId c = add(list, "c");
  const PackageId hole = add(list, "hole");
  list.need(root, a);
  list.need(root, b);
  list.need(root, c);
  list.need(a, b);
  list.need(b, c);
  list.need(c, hole);
  const Ways ways = ways_to(list, hole);
  CHECK(ways.count == 3);
  REQUIRE(ways.shortest.size() == 3);
  CHECK(told(ways.shortest[0], list) == "c>hole");
  CHECK(told(ways.shortest[1], list) == "b>c>hole");
  CHECK(told(ways.shortest[2], list) == "a>b>c>hole");
  const Ways few = ways_to(list, hole, 1);
  CHECK(few.count == 3);
  CHECK(few.shortest.size() == 1);
}

TEST_CASE("a direct dependency is its own way")
{
  PackageList list;
  const auto ids = chain(list, 1);
  const Ways ways = ways_to(list, ids[1]);
  CHECK(ways.count == 1);
  CHECK(told(ways.shortest.at(0), list) == "p1");
}

TEST_CASE("a workspace member is named, and its own dependants are no other way")
{
  PackageList list;
  const PackageId root = add(list, "root", Part::root);
  const PackageId web = add(list, "web", Part::member);
  const PackageId api = add(list, "api", Part::member);
  const PackageId hole = add(list, "hole");
  list.need(root, web);
  list.need(web, api);
  list.need(api, hole);
  list.need(web, hole);
  const Ways ways = ways_to(list, hole);
  CHECK(ways.count == 2);
  CHECK(told(ways.shortest.at(0), list) == "api>hole");
  CHECK(told(ways.shortest.at(1), list) == "web>hole");
}

TEST_CASE("one that is named twice for two purposes is one way")
{
  PackageList list;
  const PackageId root = add(list, "root", Part::root);
  const PackageId hole = add(list, "hole");
  list.need(root, hole, Scope::dev);
  list.need(root, hole, Scope::peer);
  CHECK(ways_to(list, hole).count == 1);
}

TEST_CASE("several entries of one package are reached by the nearest of them")
{
  PackageList list;
  const auto ids = chain(list, 3);
  const PackageId again = add(list, "p3");
  list.need(ids[1], again);
  const Ways ways = WayFinder(list).ways_to(std::array{ids[3], again}, 5);
  CHECK(ways.count == 1);
  CHECK(told(ways.shortest.at(0), list) == "p1>p3");
}

TEST_CASE("cycles end, with and without a way in")
{
  PackageList list;
  const auto ids = chain(list, 3);
  list.need(ids[3], ids[1]);
  list.need(ids[2], ids[2]);
  CHECK(ways_to(list, ids[3]).count == 1);
  CHECK(told(ways_to(list, ids[3]).shortest.at(0), list) == "p1>p2>p3");
  const PackageId lonely = add(list, "x");
  const PackageId other = add(list, "y");
  list.need(lonely, other);
  list.need(other, lonely);
  CHECK(ways_to(list, lonely).count == 0);
  CHECK(ways_to(list, lonely).shortest.empty());
}

TEST_CASE("of a way of a hundred thousand the two ends are told, and how many are between them")
{
  constexpr std::size_t length = 100'000;
  PackageList list;
  const auto ids = chain(list, length);
  list.need(ids[length], ids[1]);
  const Ways ways = ways_to(list, ids[length]);
  REQUIRE(ways.shortest.size() == 1);
  const Way& way = ways.shortest.front();
  CHECK(way.packages.size() == WayFinder::longest_way);
  CHECK(way.left_out == length - WayFinder::longest_way);
  CHECK(way.packages.front() == ids[1]);
  CHECK(way.packages.back() == ids[length]);
}

TEST_CASE("the longest way that is told whole, and the first that is not")
{
  PackageList list;
  const auto ids = chain(list, WayFinder::longest_way + 1);
  CHECK(ways_to(list, ids[WayFinder::longest_way]).shortest.at(0).left_out == 0);
  const Ways ways = ways_to(list, ids[WayFinder::longest_way + 1]);
  const Way& way = ways.shortest.at(0);
  CHECK(way.left_out == 1);
  CHECK(way.packages.size() == WayFinder::longest_way);
}

TEST_CASE("all searches of one graph together have a bound, beyond which it is said that nobody looked")
{
  PackageList list;
  constexpr std::size_t packages = 1'000'000;
  for (std::size_t i = 0; i < packages; ++i) {
    list.need(list.add({}), 0);
  }
  WayFinder finder(list);
  std::uint64_t searches = 0;
  while (finder.ways_to(std::array{PackageId{0}}, 1).is_told) {
    ++searches;
    REQUIRE(searches <= WayFinder::most_steps / packages + 1);
  }
  CHECK(searches > 50);
}

TEST_CASE("a cycle and a chain of a hundred thousand are settled")
{
  constexpr std::size_t length = 100'000;
  PackageList list;
  const auto ids = chain(list, length);
  list.need(ids[length], ids[1]);
  list.need(ids[length / 2], ids[length / 2 + 1], Scope::optional);
  list.settle();
  CHECK(list.packages()[ids[length / 2]].scope == Scope::runtime);
  CHECK(list.packages()[ids[1]].is_direct);
  CHECK_FALSE(list.packages()[ids[2]].is_direct);
}
