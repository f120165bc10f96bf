// SPDX-License-Identifier: Apache-2.0
#include "base/process_stat.hpp"

#include <doctest/doctest.h>

#include <string>
#include <unistd.h>

using namespace sluice;

namespace {

std::string
stat_of(const std::string& name)
{
  return "4711 (" + name
         + ") S 1 4700 4690 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654321 10 11 18446744073709551615 1\n";
}

}  // namespace

TEST_CASE("whatever a process calls itself, its numbers are found")
{
  for (const char* name : {"sh", "", "a b", ") R 1 1 1 (", "((", "))", ") ", "x\ny", " (a) (b) "}) {
    const auto stat = parse_process_stat(stat_of(name));
    REQUIRE_MESSAGE(stat, name);
    CHECK(stat->id == 4711);
    CHECK(stat->state == 'S');
    CHECK(stat->group == 4700);
    CHECK(stat->session == 4690);
    CHECK(stat->start_ticks == 987654321);
  }
}

TEST_CASE("what is no such text is nothing")
{
  for (const char* text :
       {"", "1", "1 (a", "1 a) S 1", "1 (a) S 1 2 3", ") 1 (", "x (a) S 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9",
        "1 (a) S 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 -9", "1 (a) SS 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9"}) {
    CHECK_FALSE_MESSAGE(parse_process_stat(text), text);
  }
}

TEST_CASE("this process is one of /proc")
{
  const auto stat = process_stat(::getpid());
  REQUIRE(stat);
  CHECK(stat->id == ::getpid());
  CHECK(stat->group == ::getpgrp());
  CHECK(stat->session == ::getsid(0));
  CHECK_FALSE(stat->has_ended());
  CHECK(has_our_processes());
  CHECK_FALSE(process_stat(-1));
}
