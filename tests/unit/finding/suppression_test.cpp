// SPDX-License-Identifier: Apache-2.0
#include "finding/suppression.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("our own mark names its rules and gives a reason")
{
  const auto allow = inline_allow("x = 1  # sluice:allow[drop-column, rename-table] contract phase", "rename-table");
  REQUIRE(allow);
  CHECK(allow->reason == "contract phase");
  CHECK(allow->where.column == 10);
  CHECK_FALSE(inline_allow("# sluice:allow[drop-column] r", "rename-table"));
  CHECK_FALSE(inline_allow("# sluice:allow[] r", "rename-table"));
  CHECK_FALSE(inline_allow("# sluice:allow[rename-table", "rename-table"));
}

TEST_CASE("the end of a comment is no part of the reason")
{
  CHECK(inline_allow("/* sluice:allow[a] because */", "a")->reason == "because");
  CHECK(inline_allow("<!-- sluice:allow[a] because -->", "a")->reason == "because");
}

TEST_CASE("a second mark on the line counts too")
{
  CHECK(inline_allow("sluice:allow[a] x sluice:allow[b] y", "b")->reason == "y");
}

TEST_CASE("the peers' marks count for every rule")
{
  for (const char* mark : {"gitleaks:allow", "trufflehog:ignore", "pragma: allowlist secret", "nosecret"}) {
    CAPTURE(mark);
    CHECK(inline_allow(std::string("key # ") + mark, "any"));
  }
  CHECK(inline_allow("nosecrets key # nosecret", "any"));
  for (const char* line : {"no mark at all", "nosecrets: key", "https://my-nosecret.example.org", "nosecret_key = 1",
                           "ungitleaks:allow", "gitleaks:allowance"}) {
    CAPTURE(line);
    CHECK_FALSE(inline_allow(line, "any"));
  }
}

TEST_CASE("a suppression covers what matches everything it names")
{
  static constexpr RuleMeta rule{.id = "a-rule"};
  Finding finding;
  finding.rule = &rule;
  finding.where.path = "tests/x.py";
  finding.related = {{.path = "old/y.py"}};
  finding.fingerprint = {"abcdef0123456789"};
  CHECK(covers({.rule = "a-rule"}, finding));
  CHECK_FALSE(covers({.rule = "another"}, finding));
  CHECK(covers({.path = "tests/**"}, finding));
  CHECK(covers({.path = "old/*"}, finding));
  CHECK_FALSE(covers({.rule = "a-rule", .path = "src/**"}, finding));
  CHECK(covers({.fingerprint = "abcdef012345"}, finding));
  CHECK_FALSE(covers({.fingerprint = "bcdef0123456"}, finding));
}
