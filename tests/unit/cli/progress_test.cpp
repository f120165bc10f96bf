// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using cli::Advance;

TEST_CASE("progress is told with its total where that is known")
{
  CHECK(cli::text_of({1234, 5678}) == "1,234 of 5,678 (21 %)");
  CHECK(cli::text_of({1234, 0}) == "1,234");
  CHECK(cli::text_of({7, 5}) == "7");  // a total that turned out too small is none
}

TEST_CASE("a line of progress is read back, and no other line is one")
{
  const std::string line = cli::progress_line({3, 10});
  REQUIRE(line.ends_with('\n'));
  const auto advance = cli::parse_progress_line(line.substr(0, line.size() - 1));
  REQUIRE(advance);
  CHECK(advance->done == 3);
  CHECK(advance->total == 10);
  for (const char* other : {"", "progress 1 2", "\x1eprogress 1", "\x1eprogress a b", "\x1eprogress 1 2 3"}) {
    CHECK_FALSE(cli::parse_progress_line(other));
  }
}
