// SPDX-License-Identifier: Apache-2.0
#include "base/tree_path.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("A path has a directory and a name")
{
  CHECK(directory_of("a/b/c") == "a/b");
  CHECK(directory_of("c").empty());
  CHECK(file_name_of("a/b/c") == "c");
  CHECK(file_name_of("c") == "c");
  CHECK(path_in("a/b", "c") == "a/b/c");
  CHECK(path_in("", "c") == "c");
}

TEST_CASE("What a file names is resolved in its directory and never leads out of the root")
{
  CHECK(resolved_in("a/b", "../c/./d") == "a/c/d");
  CHECK(resolved_in("", "./x") == "x");
  CHECK(resolved_in("a", "..") == "");
  CHECK_FALSE(resolved_in("a", "../../x"));
  CHECK_FALSE(resolved_in("a", "/x"));
}
