// SPDX-License-Identifier: Apache-2.0
//
// Ranges of npm by hand; thousands are asked of node-semver itself (tests/e2e/versions_test.py).
#include "deps/npm_range.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sluice::deps;

namespace {

bool
admits(std::string_view range, std::string_view version)
{
  const auto parsed = NpmRange::parse(range);
  REQUIRE(parsed);
  return parsed->admits(version);
}

std::string
least(std::string_view range)
{
  return NpmRange::parse(range)->least().value_or("none");
}

bool
is_within(std::string_view inner, std::string_view outer)
{
  return NpmRange::parse(inner)->is_within(*NpmRange::parse(outer));
}

}  // namespace

TEST_CASE("carets, tildes, x-ranges, hyphens and comparators admit what npm installs for them")
{
  CHECK(admits("^1.2.3", "1.9.0"));
  CHECK_FALSE(admits("^1.2.3", "2.0.0"));
  CHECK_FALSE(admits("^0.2.3", "0.3.0"));
  CHECK_FALSE(admits("^0.0.3", "0.0.4"));
  CHECK(admits("~1.2", "1.2.99"));
  CHECK(admits("~> 1.2.3", "1.2.4"));
  CHECK_FALSE(admits("~1.2.3", "1.3.0"));
  CHECK(admits("1.x", "1.99.0"));
  CHECK(admits("1.2.3 - 2.3", "2.3.99"));
  CHECK_FALSE(admits("1.2.3 - 2.3", "2.4.0"));
  CHECK(admits(">= 1.2.3 < 2", "1.9.9"));
  CHECK(admits("6.5.2", "6.5.2"));
  CHECK_FALSE(admits("6.5.2", "6.5.3"));
  CHECK(admits("<1 || >=2.1", "2.1.0"));
  CHECK(admits("", "7.0.0"));
  CHECK(admits("*", "7.0.0"));
  CHECK(admits("v1.2.3", "1.2.3"));
  CHECK(admits("^1.2.3+build.5", "1.2.3"));
  CHECK_FALSE(admits("<*", "0.0.0"));
}

TEST_CASE("a prerelease is in a range only where an end of the same numbers is one")
{
  CHECK(admits("^1.2.3-alpha.1", "1.2.3-beta"));
  CHECK_FALSE(admits("^1.2.3-alpha.1", "1.3.0-beta"));
  CHECK_FALSE(admits("*", "1.0.0-rc.1"));
  CHECK_FALSE(admits("* || 1.0.0-rc.1", "1.0.0-rc.1"));
  CHECK_FALSE(admits("<2.0.0", "2.0.0-rc.1"));
}

TEST_CASE("what is read loosely is what npm reads loosely")
{
  CHECK(admits("1.2.3beta", "1.2.3-beta"));
  CHECK(admits("01.02.03", "1.2.3"));
  CHECK(admits("1.2.3 and more", "1.2.3"));
  CHECK(admits("latest || 1.x", "1.5.0"));
}

TEST_CASE("tags, addresses and numbers beyond npm's are no ranges, and what is no version is in none")
{
  for (const char* text : {"latest", "next", "github:owner/name", "file:../x", "npm:chalk@^4.0.0", "workspace:*",
                           "https://example.org/x.tgz", "^9007199254740992.0.0", "^9007199254740991", "^"}) {
    CAPTURE(text);
    CHECK_FALSE(NpmRange::parse(text));
  }
  CHECK_FALSE(NpmRange::parse(std::string(70000, '1')));
  CHECK_FALSE(admits("*", "latest"));
  CHECK_FALSE(admits("*", ""));
}

TEST_CASE("the least version of a range is that of its lowest alternative which admits any")
{
  CHECK(least("^2.0.0 || ^1.2.3") == "1.2.3");
  CHECK(least(">1.2.3") == "1.2.4-0");
  CHECK(least(">1.2.3-a") == "1.2.3-a.0");
  CHECK(least("<2") == "0.0.0");
  CHECK(least("1.x") == "1.0.0");
  CHECK(least(">2 <1 || 3.0.0") == "3.0.0");
  CHECK(least(">2 <1") == "none");
}

TEST_CASE("a range is within another where each of its alternatives is within one of the other's")
{
  CHECK(is_within("^1.2.5", "^1.2.3"));
  CHECK(is_within("1.2.5", ">=1.2.3"));
  CHECK(is_within("^1.2.5 || ^2.0.1", ">=1.2.3"));
  CHECK_FALSE(is_within("^1.2.2", "^1.2.3"));
  CHECK_FALSE(is_within(">=1.2.5", "^1.2.3"));
  CHECK_FALSE(is_within(">=1.2.3", ">1.2.3"));
  CHECK_FALSE(is_within("*", ">=1.0.0"));
  CHECK(is_within(">=1.0.0", "*"));
  CHECK(is_within("1.2.3", "1.2.3"));
}

TEST_CASE("a hostile range is read in time linear in its length")
{
  for (const std::string_view unit : {"1.", "^", "~ ", "> ", "||", " - ", "+a", "-", "1 - 2 ", "=v", "*"}) {
    std::string text;
    while (text.size() < (std::size_t{63} << 10U)) {
      text += unit;
    }
    if (const auto range = NpmRange::parse(text)) {
      CHECK_FALSE(range->admits("x"));
    }
  }
}
