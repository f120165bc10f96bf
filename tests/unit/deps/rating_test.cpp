// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/rating.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace sluice;
using deps::cvss_score;

// Vectors and scores of the examples that FIRST publishes for each version, and of well-known CVEs in the National
// Vulnerability Database.
TEST_CASE("a vector has the score that its specification gives it")
{
  struct Row
  {
    std::string_view vector;
    double score;
  };
  constexpr std::array<Row, 20> rows{{
      {"AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8},
      {"AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0},
      {"(AV:L/AC:H/Au:N/C:C/I:C/A:C)", 6.2},
      {"AV:N/AC:L/Au:N/C:N/I:N/A:N", 0.0},
      {"CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1},
      {"CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0},
      {"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N", 4.8},
      {"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8},
      {"CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L", 1.6},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O", 9.8},
      {"CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N", 6.9},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3},
      {"CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", 8.1},
  }};
  for (const Row& row : rows) {
    CAPTURE(row.vector);
    CHECK(cvss_score(row.vector) == row.score);
  }
}

TEST_CASE("what is no vector has no score")
{
  for (const std::string_view text :
       {"", "high", "7.5", "CVSS:3.1", "CVSS:3.1/", "CVSS:3.1/AV:N", "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:S/SI:N/SA:N"}) {
    CAPTURE(text);
    CHECK(!cvss_score(text));
  }
}

TEST_CASE("the newest versions of CVSS count, and a word only where there is no score")
{
  deps::Rating rating{{"AV:N/AC:L/Au:N/C:C/I:C/A:C", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N"}, Severity::low};
  CHECK(deps::rate(rating).score == 4.8);
  CHECK(deps::rate(rating).severity == Severity::medium);
  rating.vectors = {"no vector"};
  CHECK(!deps::rate(rating).score);
  CHECK(deps::rate(rating).severity == Severity::low);
  CHECK(!deps::rate({}).severity);
}
