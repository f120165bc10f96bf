// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/modified_list.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sluice::deps;

TEST_CASE("a list of modifications has a moment and an id a line")
{
  const auto list = read_modified_list("2026-08-21T09:17:44.25Z,GO-2026-5681\r\n2026-08-21T09:17:44Z,RHSA-2024:1\n"
                                       "2026-08-20T00:00:00+00:00,A_1.b\n");
  REQUIRE(list);
  REQUIRE(list->size() == 3);
  CHECK(list->at(0).when == "2026-08-21T09:17:44.25Z");
  CHECK(list->at(0).id == "GO-2026-5681");
  CHECK(list->at(1).id == "RHSA-2024:1");
}

TEST_CASE("what is no such list is none, not an empty one")
{
  for (const char* text :
       {"", "\n", "<html>", "2026-08-21,GO-1", "2026-08-21T09:17:44Z", "2026-08-21T09:17:44Z,",
        "GO-1,2026-08-21T09:17:44Z", "2026-08-21T09:17:44Z,../x", "2026-08-21T09:17:44Z,a/b",
        "2026-08-21T09:17:44Z,a?b", "2026-08-21T09:17:44Z,a b", "2026-08-21T09:17:44Z,%2e%2e",
        "2026-08-21T09:17:44+02:00,GO-1", "2026-08-21 09:17:44Z,GO-1", "2026-08-21T09:17:44Z,GO-1\n<html>"}) {
    CAPTURE(text);
    CHECK_FALSE(read_modified_list(text));
  }
  CHECK_FALSE(read_modified_list("2026-08-21T09:17:44Z," + std::string(300, 'a')));
}

TEST_CASE("moments are compared as moments, whatever fraction they are written with")
{
  CHECK(compare_moments("2026-08-21T09:17:44Z", "2026-08-21T09:17:44Z") == 0);
  CHECK(compare_moments("2026-08-21T09:17:44Z", "2026-08-21T09:17:44.000Z") == 0);
  CHECK(compare_moments("2026-08-21T09:17:44Z", "2026-08-21T09:17:44+00:00") == 0);
  CHECK(compare_moments("2026-08-21T09:17:44.5Z", "2026-08-21T09:17:44.50Z") == 0);
  CHECK(compare_moments("2026-08-21T09:17:44Z", "2026-08-21T09:17:44.1Z") < 0);
  CHECK(compare_moments("2026-08-21T09:17:44.2Z", "2026-08-21T09:17:44.19Z") > 0);
  CHECK(compare_moments("2026-08-21T09:17:45Z", "2026-08-21T09:17:44.9Z") > 0);
  CHECK(compare_moments("2026-08-21T09:17:44Z", "") > 0);
}
