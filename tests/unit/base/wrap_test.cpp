// SPDX-License-Identifier: Apache-2.0
#include "base/wrap.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("Words wrap at the width, and a long one has its own line")
{
  CHECK(wrap("aa bb cc", 5, 8) == std::vector<std::string>{"aa bb", "cc"});
  CHECK(wrap("aa bbbbbbbbbb cc", 4, 4) == std::vector<std::string>{"aa", "bbbbbbbbbb", "cc"});
  CHECK(wrap("", 4, 4) == std::vector<std::string>{""});
}

TEST_CASE("A word that has more room on the second line starts there")
{
  CHECK(wrap("bbbbbbbbbb cc", 4, 14) == std::vector<std::string>{"", "bbbbbbbbbb cc"});
}

TEST_CASE("Columns count, not bytes")
{
  CHECK(wrap("äöü äöü", 7, 7) == std::vector<std::string>{"äöü äöü"});
  CHECK(wrap("漢字 漢字", 8, 8) == std::vector<std::string>{"漢字", "漢字"});
}

TEST_CASE("Folded text begins where it was told, also on its further lines")
{
  CHECK(folded("one two three", 4, 12) == "one two\n    three");
  CHECK(folded("averyveryverylongword x", 2, 8) == "averyveryverylongword\n  x");
  CHECK(folded("a b", 9, 4) == "a\n         b");
}
