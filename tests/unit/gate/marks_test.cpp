// SPDX-License-Identifier: Apache-2.0
#include "gate/marks.hpp"

#include <doctest/doctest.h>

#include <string>

namespace sluice::gate {

TEST_CASE("our own mark names its rules and gives a reason")
{
  const auto allow =
      inline_allow("x = 1  # sluice:allow[drop-column, rename-table] contract phase", "rename-table", PeerMarks::none);
  REQUIRE(allow);
  CHECK(allow->reason == "contract phase");
  CHECK(allow->where.column == 10);
  CHECK_FALSE(inline_allow("# sluice:allow[drop-column] r", "rename-table", PeerMarks::of_secret_scanners));
  CHECK_FALSE(inline_allow("# sluice:allow[] r", "rename-table", PeerMarks::of_secret_scanners));
  CHECK_FALSE(inline_allow("# sluice:allow[rename-table", "rename-table", PeerMarks::of_secret_scanners));
}

TEST_CASE("the end of a comment is no part of the reason")
{
  CHECK(inline_allow("/* sluice:allow[a] because */", "a", PeerMarks::of_secret_scanners)->reason == "because");
  CHECK(inline_allow("<!-- sluice:allow[a] because -->", "a", PeerMarks::of_secret_scanners)->reason == "because");
}

TEST_CASE("a second mark on the line counts too")
{
  CHECK(inline_allow("sluice:allow[a] x sluice:allow[b] y", "b", PeerMarks::of_secret_scanners)->reason == "y");
}

TEST_CASE("the peers' marks count for every rule")
{
  for (const char* mark : {"gitleaks:allow", "trufflehog:ignore", "pragma: allowlist secret", "nosecret"}) {
    CAPTURE(mark);
    const std::string line = std::string("key # ") + mark;
    CHECK(inline_allow(line, "any", PeerMarks::of_secret_scanners));
    CHECK_FALSE(inline_allow(line, "any", PeerMarks::none));
  }
  CHECK(inline_allow("nosecrets key # nosecret", "any", PeerMarks::of_secret_scanners));
  for (const char* line : {"no mark at all", "nosecrets: key", "https://my-nosecret.example.org", "nosecret_key = 1",
                           "ungitleaks:allow", "gitleaks:allowance"}) {
    CAPTURE(line);
    CHECK_FALSE(inline_allow(line, "any", PeerMarks::of_secret_scanners));
  }
}

}  // namespace sluice::gate
