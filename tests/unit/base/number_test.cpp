// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace sluice;

TEST_CASE("a number is all of the text, in the range of its type")
{
  CHECK(number_of<int>("42") == 42);
  CHECK(number_of<int>("-42") == -42);
  CHECK(number_of<std::uint8_t>("255") == 255);
  CHECK(number_of<double>("0.5") == 0.5);
  CHECK_FALSE(number_of<double>("0.5s"));
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1x", "0x1", "1.0", "256", "-1"}) {
    CAPTURE(text);
    CHECK_FALSE(number_of<std::uint8_t>(text));
  }
}
