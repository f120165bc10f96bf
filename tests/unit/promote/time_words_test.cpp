// SPDX-License-Identifier: Apache-2.0
#include "promote/time_words.hpp"

#include <doctest/doctest.h>

using namespace sluice::promote;
using namespace std::chrono;

TEST_CASE("a time is told in its two largest units")
{
  CHECK(shown_time(milliseconds(-5)) == "0 s");
  CHECK(shown_time(milliseconds(0)) == "0 s");
  CHECK(shown_time(milliseconds(412)) == "0.4 s");
  CHECK(shown_time(seconds(59)) == "59 s");
  CHECK(shown_time(milliseconds(1250)) == "1.2 s");
  CHECK(shown_time(seconds(60)) == "1 min");
  CHECK(shown_time(seconds(725)) == "12 min 5 s");
  CHECK(shown_time(hours(4) + minutes(3) + seconds(2)) == "4 h 3 min");
  CHECK(shown_time(days(3) + minutes(3)) == "3 d");
  CHECK(shown_time(days(1000) + hours(5)) == "1000 d 5 h");
}
