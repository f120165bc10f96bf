// SPDX-License-Identifier: Apache-2.0
#include "deps/holds.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace sluice::deps;

namespace {

PackageId
add(PackageList& list, std::string_view name, std::string_view version, Part part = Part::third_party)
{
  Package package;
  package.ecosystem = "npm";
  package.name = name;
  package.version = version;
  package.part = part;
  return list.add(package);
}

std::vector<std::string>
names_of(const PackageList& list, const Way& way)
{
  std::vector<std::string> names;
  for (const PackageId id : way.packages) {
    names.emplace_back(list.packages()[id].name);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("each direct dependency of each member that leads to a package is a way, in its shortest form")
{
  PackageList list;
  const PackageId root = add(list, "", "", Part::root);
  const PackageId member = add(list, "web", "", Part::member);
  const PackageId a = add(list, "a", "1.0.0");
  const PackageId b = add(list, "b", "1.0.0");
  const PackageId target = add(list, "target", "1.0.0");
  list.need(root, a);
  list.need(root, member);
  list.need(member, a);
  list.need(member, b);
  list.need(a, b);
  list.need(a, target);
  list.need(b, target);
  WayFinder finder(list);
  const Ways ways = finder.ways_to(std::array{target}, 10);
  CHECK(ways.count == 3);
  REQUIRE(ways.shortest.size() == 3);
  CHECK(names_of(list, ways.shortest[0]) == Names{"a", "target"});
  CHECK(names_of(list, ways.shortest[1]) == Names{"web", "a", "target"});
  CHECK(names_of(list, ways.shortest[2]) == Names{"web", "b", "target"});
  CHECK(finder.ways_to(std::array{target}, 1).count == 3);
  CHECK(finder.ways_to(std::array{target}, 1).shortest.size() == 1);
}

TEST_CASE("a cycle ends, and what nobody leads to has no way")
{
  PackageList list;
  const PackageId root = add(list, "", "", Part::root);
  const PackageId a = add(list, "a", "1.0.0");
  const PackageId b = add(list, "b", "1.0.0");
  const PackageId lone = add(list, "lone", "1.0.0");
  list.need(root, a);
  list.need(a, b);
  list.need(b, a);
  list.need(lone, lone);
  WayFinder finder(list);
  CHECK(finder.ways_to(std::array{b}, 5).count == 1);
  CHECK(names_of(list, finder.ways_to(std::array{b}, 5).shortest.front()) == Names{"a", "b"});
  CHECK(names_of(list, finder.ways_to(std::array{a}, 5).shortest.front()) == Names{"a"});
  CHECK(finder.ways_to(std::array{lone}, 5).count == 0);
}

TEST_CASE("copies of a package at one version are one, and a need in two tables is one way")
{
  PackageList list;
  const PackageId root = add(list, "", "", Part::root);
  const PackageId a = add(list, "a", "1.0.0");
  const PackageId first = add(list, "target", "1.0.0");
  const PackageId second = add(list, "target", "1.0.0");
  list.need(root, first, Scope::runtime);
  list.need(root, first, Scope::dev);
  list.need(root, a);
  list.need(a, second);
  WayFinder finder(list);
  const Ways ways = finder.ways_to(std::array{first, second}, 10);
  CHECK(ways.count == 2);
  CHECK(names_of(list, ways.shortest[0]) == Names{"target"});
  CHECK(names_of(list, ways.shortest[1]) == Names{"a", "target"});
  CHECK(finder.ways_to(std::array{first, second}, 10).count == 2);
  CHECK(finder.is_below(std::array{second}, "a"));
  CHECK_FALSE(finder.is_below(std::array{first}, "a"));
}

TEST_CASE("who asks for a range without the clean version holds a package back, and which direct dependency brings it")
{
  PackageList list;
  const PackageId root = add(list, "", "", Part::root);
  const PackageId express = add(list, "express", "4.17.1");
  const PackageId parser = add(list, "body-parser", "1.19.0");
  const PackageId qs = add(list, "qs", "6.7.0");
  list.need(root, express, Scope::runtime, "^4.17.0");
  list.need(express, parser, Scope::runtime, "1.19.0");
  list.need(express, qs, Scope::runtime, "^6.7.0");
  list.need(parser, qs, Scope::runtime, "6.7.0");
  WayFinder finder(list);
  const Holds holds = holds_of(list, finder, std::array{qs}, "6.7.3", 5);
  CHECK(holds.count == 1);
  CHECK(holds.admitting == 1);
  CHECK(holds.unknown == 0);
  REQUIRE(holds.holds.size() == 1);
  CHECK(holds.holds.front().by == parser);
  CHECK(holds.holds.front().direct == express);
  CHECK(holds.holds.front().range == "6.7.0");
}

TEST_CASE(
    "the project's own range comes first, and a range that is not told or that something else overrides holds nothing")
{
  PackageList list;
  const PackageId root = add(list, "", "", Part::root);
  const PackageId a = add(list, "a", "1.0.0");
  const PackageId b = add(list, "b", "1.0.0");
  const PackageId c = add(list, "c", "1.0.0");
  const PackageId target = add(list, "target", "1.2.0");
  for (const PackageId each : {a, b, c}) {
    list.need(root, each, Scope::runtime, "1.0.0");
  }
  list.need(a, target, Scope::runtime, "1.2.0");
  list.need(b, target);
  list.need(c, target, Scope::runtime, "2.0.0");
  list.need(root, target, Scope::runtime, "~1.2.0");
  WayFinder finder(list);
  const Holds holds = holds_of(list, finder, std::array{target}, "1.3.0", 1);
  CHECK(holds.count == 2);
  CHECK(holds.unknown == 1);
  REQUIRE(holds.holds.size() == 1);
  CHECK(holds.holds.front().by == root);
}

TEST_CASE("what is locked to no version is held back by nobody")
{
  PackageList list;
  const PackageId root = add(list, "", "", Part::root);
  const PackageId target = add(list, "target", "0a1b2c3d");
  list.need(root, target, Scope::runtime, "^1.0.0");
  WayFinder finder(list);
  CHECK(holds_of(list, finder, std::array{target}, "2.0.0", 5).count == 0);
}

TEST_CASE("where no entry stands for who names the direct dependencies, ways begin at these")
{
  PackageList list;
  const PackageId a = add(list, "a", "1.0.0");
  const PackageId b = add(list, "b", "1.0.0");
  const PackageId target = add(list, "target", "1.0.0");
  list.at(a).is_direct = true;
  list.at(target).is_direct = true;
  list.need(a, b);
  list.need(b, target);
  WayFinder finder(list);
  const Ways ways = finder.ways_to(std::array{target}, 10);
  CHECK(ways.count == 2);
  REQUIRE(ways.shortest.size() == 2);
  CHECK(names_of(list, ways.shortest[0]) == Names{"target"});
  CHECK(names_of(list, ways.shortest[1]) == Names{"a", "b", "target"});
}
