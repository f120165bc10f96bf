// SPDX-License-Identifier: Apache-2.0
#include "credentials/rule_patterns.hpp"

#include <doctest/doctest.h>

#include <array>

namespace sluice::credentials {

TEST_CASE("no word is put together of what is before a secret and what is behind it")
{
  static constexpr std::array<std::string_view, 1> words{"localhost"};
  Rule rule;
  rule.pattern = "[a-z]*=(?P<secret>[0-9]{4})[a-z]*";
  rule.deny_context = words;
  const std::array<Rule, 1> rules{rule};
  const RulePatterns patterns(rules);
  const auto is_denied = [&patterns](std::string_view text) {
    const auto match = patterns.find(0, text, 0, text.size());
    REQUIRE(match);
    return patterns.denies(0, *match, text);
  };
  CHECK(is_denied("localhost=1234"));
  CHECK(is_denied("a=1234localhost"));
  rule.pattern = "[a-z]*(?P<secret>[0-9]{4})[a-z]*";
  const std::array<Rule, 1> adjoining{rule};
  const RulePatterns other(adjoining);
  for (const std::string_view text : {"local1234host", "localhos1234t", "l1234ocalhost"}) {
    CAPTURE(text);
    const auto match = other.find(0, text, 0, text.size());
    REQUIRE(match);
    CHECK_FALSE(other.denies(0, *match, text));
  }
}

}  // namespace sluice::credentials
