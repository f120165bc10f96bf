// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "gate/why.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace sluice::gate {

TEST_CASE("decisions are told by place, and those of one place as they were made")
{
  Decisions decisions;
  decisions.note({12, 5}, "candidate", "44 characters behind acme_");
  decisions.note({12, 5}, "entropy", "2.1 bits a character, and 3.0 are wanted");
  decisions.note({3, 1}, "placeholder", "it says EXAMPLE");
  decisions.note({}, step::disabled, "the configuration disables the rule");
  CHECK(text_of(decisions)
        == "file  disabled     the configuration disables the rule\n"
           "3:1   placeholder  it says EXAMPLE\n"
           "12:5  candidate    44 characters behind acme_\n"
           "      entropy      2.1 bits a character, and 3.0 are wanted\n");
  CHECK(text_of(Decisions()).empty());
}

TEST_CASE("what a hostile file says stays on its line and says nothing to the terminal")
{
  Decisions decisions;
  decisions.note({1, 1}, "candidate", "a\nb \x1b[31m \xff" + std::string(5000, 'x'));
  const std::string text = text_of(decisions);
  CHECK(lines_of(text).size() == 1);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.size() < 1000);
}

TEST_CASE("a file with too many decisions says how many are not shown")
{
  Decisions decisions;
  for (std::uint32_t i = 1; i <= 20'003; ++i) {
    decisions.note({i, 1}, "candidate", "x");
  }
  CHECK(decisions.all().size() == 20'000);
  CHECK(decisions.left_out() == 3);
  CHECK(text_of(decisions).ends_with("and 3 decisions more\n"));
}

}  // namespace sluice::gate
