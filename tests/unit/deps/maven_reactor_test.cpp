// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "deps/lockfile.hpp"
#include "support/memory_tree.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
using namespace sluice;
using namespace sluice::deps;

namespace {

std::string
dependency(std::string_view artifact)
{
  return fmt::format("<dependency><groupId>org.shop</groupId><artifactId>{}</artifactId>"
                     "<version>${{project.version}}</version></dependency>",
                     artifact);
}

/// A parent with modules, each of which needs the one before it.
test::MemoryTree
reactor(int modules)
{
  test::MemoryTree tree;
  std::string root = "<project><groupId>org.shop</groupId><artifactId>all</artifactId><version>1.0</version><modules>";
  for (int i = 0; i < modules; ++i) {
    root += fmt::format("<module>m{}</module>", i);
    tree.files[fmt::format("m{}/pom.xml", i)] = fmt::format(
        "<project><parent><groupId>org.shop</groupId><artifactId>all</artifactId><version>1.0</version></parent>"
        "<artifactId>m{}</artifactId><dependencies>{}</dependencies></project>",
        i, i == 0 ? "" : dependency(fmt::format("m{}", i - 1)));
  }
  tree.files["pom.xml"] = root + "</modules></project>";
  return tree;
}

}  // namespace

TEST_CASE("poms of a tree are read once, however many modules ask for each other")
{
  constexpr int modules = 60;
  const test::MemoryTree tree = reactor(modules);
  std::size_t members = 0;
  for (const auto& [path, text] : tree.files) {
    const PackageList list = read_lockfile(*find_lockfile(path, text), path, text, tree);
    CHECK(list.gaps().empty());
    for (const Package& package : list.packages()) {
      members += package.part == Part::member ? 1 : 0;
    }
  }
  CHECK(members == modules - 1);
  CHECK(tree.reads <= tree.files.size());
}

TEST_CASE("a build that does not lead to a pom makes nothing of its own for it")
{
  test::MemoryTree tree = reactor(2);
  tree.files["apart/pom.xml"] =
      "<project><groupId>org.shop</groupId><artifactId>apart</artifactId><version>1.0</version><dependencies>"
      + dependency("m0") + dependency("away") + "</dependencies></project>";
  const PackageList list =
      read_lockfile(*find_lockfile("apart/pom.xml", ""), "apart/pom.xml", tree.files.at("apart/pom.xml"), tree);
  REQUIRE(list.packages().size() == 2);
  CHECK(list.packages()[0].part == Part::member);
  CHECK(list.packages()[1].part == Part::third_party);
}
