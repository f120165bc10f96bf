// SPDX-License-Identifier: Apache-2.0
#include "deps/remembering_tree.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// Counts what it is asked.
class CountingTree final : public gate::FileTree
{
public:
  [[nodiscard]] gate::Listing
  list(std::string_view directory) const override
  {
    ++listings;
    return {{std::string(directory)}, {}, {}, {}, true};
  }
  [[nodiscard]] gate::Listing
  tracked() const override
  {
    return {};
  }
  [[nodiscard]] bool
  is_directory(std::string_view path) const override
  {
    return path == "a";
  }
  [[nodiscard]] bool
  is_file(std::string_view path) const override
  {
    return path == "a/package.json";
  }
  [[nodiscard]] gate::EntryKind
  kind(std::string_view /*path*/) const override
  {
    return gate::EntryKind::file;
  }
  [[nodiscard]] std::optional<std::string>
  directory_at(std::string_view path) const override
  {
    return std::string(path);
  }
  using FileTree::read;
  [[nodiscard]] Result<std::string>
  read(std::string_view path, std::uint64_t /*max_bytes*/) const override
  {
    ++readings;
    return std::string(path);
  }

  mutable int listings = 0, readings = 0;
};

}  // namespace

TEST_CASE("what lockfiles share is looked up once")
{
  const CountingTree counting;
  const RememberingTree tree(counting);
  for (int i = 0; i < 3; ++i) {
    CHECK(tree.list("a").files == std::vector<std::string>{"a"});
    CHECK(tree.list("b").files == std::vector<std::string>{"b"});
    CHECK(tree.read("a/package.json").value() == "a/package.json");
    CHECK(tree.read("yarn.lock").value() == "yarn.lock");
  }
  CHECK(counting.listings == 2);
  // Lockfiles themselves are as large as they please, and read once.
  CHECK(counting.readings == 1 + 3);
  CHECK(tree.is_directory("a"));
  CHECK(tree.is_file("a/package.json"));
  CHECK(tree.directory_at("b") == "b");
}
