// SPDX-License-Identifier: Apache-2.0
#include "deps/remembering_tree.hpp"
#include "support/memory_tree.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::deps;

TEST_CASE("what lockfiles share is looked up once")
{
  const test::MemoryTree counting({{"a/package.json", "{}"}, {"b/yarn.lock", "# none"}});
  const RememberingTree tree(counting);
  for (int i = 0; i < 3; ++i) {
    CHECK(tree.list("a").files == std::vector<std::string>{"package.json"});
    CHECK(tree.list("b").files == std::vector<std::string>{"yarn.lock"});
    CHECK(tree.read("a/package.json").value() == "{}");
    CHECK(tree.read("b/yarn.lock").value() == "# none");
  }
  CHECK(counting.listings == 2);
  // Lockfiles themselves are as large as they please, and read once.
  CHECK(counting.reads == 1 + 3);
  CHECK(tree.is_directory("a"));
  CHECK(tree.is_file("a/package.json"));
  CHECK(tree.directory_at("b") == "b");
}
