// SPDX-License-Identifier: Apache-2.0
#include "env/style.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace sluice::env;

TEST_CASE("a line knows its key and value, also over several lines")
{
  const auto lines = style_lines("# note\n\nexport A = 'x\ny'\nB\nC=1");
  REQUIRE(lines.size() == 5);
  CHECK(lines[0].kind == StyleLine::Kind::comment);
  CHECK(lines[1].kind == StyleLine::Kind::blank);
  CHECK(lines[2].key == "A");
  CHECK(lines[2].value == " 'x\ny'");
  CHECK(lines[2].number == 3);
  CHECK(lines[3].key == "B");
  CHECK_FALSE(lines[3].has_delimiter);
  CHECK(lines[3].number == 5);
  CHECK(lines[4].value == "1");
  CHECK(lines[4].number == 6);
}

TEST_CASE("only what no dialect notices is mended")
{
  CHECK(is_read_alike("A=1\n\n\nB=2\n", "A=1\n\nB=2\n"));
  CHECK_FALSE(is_read_alike("A='1'\n", "A=1\n"));
  CHECK_FALSE(is_read_alike("A=1\n", "A=2\n"));
  CHECK_FALSE(is_read_alike("A=1\n", "A=1\nB=2\n"));
  const std::string_view text = "A='1'\n\n\nB=2";
  const std::vector<StyleFault> faults{{1, "quotes", {{{2, 3}, ""}, {{4, 5}, ""}}}, {3, "blank", {{{7, 8}, ""}}}};
  CHECK(mended(text, faults) == "A='1'\n\nB=2");
  CHECK_FALSE(mended("A='1'\n", {{1, "quotes", {{{2, 3}, ""}, {{4, 5}, ""}}}}));
}

TEST_CASE("edits that overlap are not applied twice")
{
  CHECK(edited("abc", {{{0, 2}, "x"}, {{1, 3}, "y"}}) == "xc");
  CHECK(edited("abc", {{{3, 3}, "d"}, {{0, 0}, "_"}}) == "_abcd");
}

TEST_CASE("what a reference leads to is seen")
{
  CHECK_FALSE(is_read_alike("B= $A\n", "B=$A\n"));
  CHECK_FALSE(is_read_alike("B=\"$A\"\n", "B=$A\n"));
  CHECK(is_read_alike("B=$A\n\n\n", "B=$A\n"));
}

TEST_CASE("one edit that is noticed spoils no other")
{
  std::string text;
  std::vector<StyleFault> faults;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const std::size_t at = text.size();
    text += i == 17 ? "A" + std::to_string(i) + "='$x'\n" : "A" + std::to_string(i) + "=1\n\n\n";
    const std::size_t quote = text.find('\'', at);
    faults.push_back({i, "one",
                      quote == std::string::npos ? std::vector<Edit>{{{text.size() - 1, text.size()}, ""}}
                                                 : std::vector<Edit>{{{quote, quote + 1}, ""}}});
  }
  const auto better = mended(text, faults);
  REQUIRE(better);
  CHECK(better->size() == text.size() - 39);
  CHECK(better->find("A17='$x'") != std::string::npos);
}
