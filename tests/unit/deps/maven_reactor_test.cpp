// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "deps/lockfile.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// Files in memory, which counts how often they are read.
class CountingTree final : public gate::FileTree
{
public:
  std::map<std::string, std::string> files;
  mutable std::size_t reads = 0;

  [[nodiscard]] gate::Listing
  list(std::string_view /*directory*/) const override
  {
    return {};
  }
  [[nodiscard]] gate::Listing
  tracked() const override
  {
    return {};
  }
  [[nodiscard]] bool
  is_directory(std::string_view path) const override
  {
    const auto below = files.lower_bound(std::string(path) + "/");
    return below != files.end() && below->first.starts_with(std::string(path) + "/");
  }
  [[nodiscard]] bool
  is_file(std::string_view path) const override
  {
    return files.contains(std::string(path));
  }
  [[nodiscard]] gate::EntryKind
  kind(std::string_view path) const override
  {
    return is_file(path) ? gate::EntryKind::file : gate::EntryKind::none;
  }
  [[nodiscard]] std::optional<std::string>
  directory_at(std::string_view /*path*/) const override
  {
    return std::nullopt;
  }
  [[nodiscard]] Result<std::string>
  read(std::string_view path, std::uint64_t /*max_bytes*/) const override
  {
    ++reads;
    return files.at(std::string(path));
  }
};

std::string
dependency(std::string_view artifact)
{
  return fmt::format("<dependency><groupId>org.shop</groupId><artifactId>{}</artifactId>"
                     "<version>${{project.version}}</version></dependency>",
                     artifact);
}

/// A parent with modules, each of which needs the one before it.
CountingTree
reactor(int modules)
{
  CountingTree tree;
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
  const CountingTree tree = reactor(modules);
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
  CountingTree tree = reactor(2);
  tree.files["apart/pom.xml"] =
      "<project><groupId>org.shop</groupId><artifactId>apart</artifactId><version>1.0</version><dependencies>"
      + dependency("m0") + dependency("away") + "</dependencies></project>";
  const PackageList list =
      read_lockfile(*find_lockfile("apart/pom.xml", ""), "apart/pom.xml", tree.files.at("apart/pom.xml"), tree);
  REQUIRE(list.packages().size() == 2);
  CHECK(list.packages()[0].part == Part::member);
  CHECK(list.packages()[1].part == Part::third_party);
}
