// SPDX-License-Identifier: Apache-2.0
#include "base/glob.hpp"

#include <doctest/doctest.h>

#include <chrono>

using sluice::Glob;

TEST_CASE("a star stays in its segment and two span segments")
{
  CHECK(Glob("src/*.cpp").matches("src/a.cpp"));
  CHECK_FALSE(Glob("src/*.cpp").matches("src/x/a.cpp"));
  CHECK(Glob("src/**/*.cpp").matches("src/x/y/a.cpp"));
  CHECK(Glob("src/**/*.cpp").matches("src/a.cpp"));
  CHECK(Glob("**/fixtures/**").matches("fixtures/a"));
  CHECK(Glob("**/fixtures/**").matches("x/fixtures/a/b"));
  CHECK_FALSE(Glob("**/fixtures/**").matches("x/fixtures2/a"));
}

TEST_CASE("a pattern without a slash matches the last segment anywhere")
{
  CHECK(Glob("*.lock").matches("a/b/x.lock"));
  CHECK_FALSE(Glob("*.lock").matches("x.lock/y"));
}

TEST_CASE("a pattern that ends in a slash matches everything below")
{
  CHECK(Glob("vendor/").matches("vendor/a/b"));
  CHECK(Glob("vendor/").matches("x/vendor/a"));
  CHECK_FALSE(Glob("vendor/").matches("vendors/a"));
}

TEST_CASE("classes, escapes and question marks")
{
  CHECK(Glob("a[0-9]?").matches("a5x"));
  CHECK_FALSE(Glob("a[!0-9]").matches("a5"));
  CHECK(Glob("a\\*b").matches("a*b"));
  CHECK_FALSE(Glob("a\\*b").matches("axb"));
  CHECK(Glob("a[b").matches("a[b"));
}

TEST_CASE("a hostile pattern cannot make matching explode")
{
  const std::string text(5000, 'a');
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(Glob("**a*a*a*a**a*a*a*a**a*a*a*b/x").matches(text));
  // A bound that only an exponential search breaks.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}
