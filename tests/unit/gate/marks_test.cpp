// SPDX-License-Identifier: Apache-2.0
#include "gate/marks.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using gate::inline_allow;
using gate::next_line_allow;
using gate::PeerMarks;

TEST_CASE("our mark names its rules and gives a reason")
{
  const auto allow = inline_allow("x = 1  # sluice:allow[a-rule, b-rule] made up", "b-rule", PeerMarks::none);
  REQUIRE(allow);
  CHECK(allow->reason == "made up");
  CHECK(allow->where.column == 10);
  CHECK_FALSE(inline_allow("# sluice:allow[a-rule] made up", "b-rule", PeerMarks::none));
  CHECK_FALSE(inline_allow("# sluice:allow[a-rule", "a-rule", PeerMarks::none));
  CHECK(inline_allow("/* sluice:allow[a-rule] why */", "a-rule", PeerMarks::none)->reason == "why");
  CHECK(inline_allow("<!-- sluice:allow[a-rule] -->", "a-rule", PeerMarks::none)->reason.empty());
}

TEST_CASE("scanners' marks count where they are taken, as words")
{
  for (const char* mark : {"gitleaks:allow", "betterleaks:allow", "trufflehog:ignore", "kingfisher:ignore",
                           "pragma: allowlist secret", "secretlint-disable-line", "nosecret"}) {
    const std::string line = std::string("x = 1  # ") + mark;
    CHECK(inline_allow(line, "any", PeerMarks::of_secret_scanners));
    CHECK_FALSE(inline_allow(line, "any", PeerMarks::none));
    CHECK_FALSE(inline_allow(line + "s", "any", PeerMarks::of_secret_scanners));
  }
}

TEST_CASE("a reason has a letter or a digit, and what stands behind the mark's string, bracket or comment is none")
{
  const auto reason = [](const std::string& behind) {
    const auto allow = inline_allow("x sluice:allow[a-rule]" + behind, "a-rule", PeerMarks::none);
    REQUIRE(allow);
    CHECK(allow->is_own_with_reason() != allow->reason.empty());
    return allow->reason;
  };
  for (const std::string_view behind : {"",
                                        " ",
                                        "\"",
                                        "'",
                                        "`",
                                        " \"",
                                        ")",
                                        "]",
                                        "}",
                                        "\"}",
                                        "\")",
                                        " --",
                                        " .",
                                        " ?!",
                                        ",",
                                        "\", other: 5",
                                        " \", other: 5",
                                        "', f(x))",
                                        ") + more",
                                        "\\\"",
                                        "\\n\", x",
                                        "*/ x = 1;",
                                        " */ x = 1;",
                                        "--> text",
                                        " #} text",
                                        " %> text",
                                        " ) x"}) {
    CAPTURE(behind);
    CHECK(reason(std::string(behind)).empty());
  }
  CHECK(reason(" made up") == "made up");
  CHECK(reason(": made up */ x = 1;") == ": made up");
  CHECK(reason(" \"made up\"") == "\"made up\"");
  CHECK(reason(" (made up)") == "(made up)");
  CHECK(reason(" #12") == "#12");
  CHECK(reason(" \xe6\xb8\xac\xe8\xa9\xa6") == "\xe6\xb8\xac\xe8\xa9\xa6");
  const auto second =
      inline_allow("\"sluice:allow[a-rule]\" # sluice:allow[a-rule] made up", "a-rule", PeerMarks::none);
  CHECK(second->reason == "made up");
}

TEST_CASE("a mark for the next line is one of its own and counts for no other")
{
  const auto allow = next_line_allow("# sluice:allow-next-line[a-rule] a fixture", "a-rule", PeerMarks::none);
  REQUIRE(allow);
  CHECK(allow->reason == "a fixture");
  CHECK(allow->lines_before == 1);
  CHECK(allow->is_own_with_reason());
  CHECK_FALSE(next_line_allow("# sluice:allow[a-rule] a fixture", "a-rule", PeerMarks::none));
  CHECK_FALSE(next_line_allow("# sluice:allow-next-line[b-rule] a fixture", "a-rule", PeerMarks::none));
  CHECK_FALSE(inline_allow("# sluice:allow-next-line[a-rule] a fixture", "a-rule", PeerMarks::of_secret_scanners));
  for (const char* mark : {"# pragma: allowlist nextline secret", "// secretlint-disable-next-line"}) {
    const auto peer = next_line_allow(mark, "any", PeerMarks::of_secret_scanners);
    REQUIRE(peer);
    CHECK(peer->owner == MarkOwner::peer);
    CHECK_FALSE(peer->is_own_with_reason());
    CHECK_FALSE(next_line_allow(mark, "any", PeerMarks::none));
    CHECK_FALSE(inline_allow(mark, "any", PeerMarks::of_secret_scanners));
  }
}
