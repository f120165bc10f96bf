// SPDX-License-Identifier: Apache-2.0
#include "gate/rule_set.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("stable rules apply unless disabled, previews only where asked for")
{
  const RuleMeta stable{.id = "stable"};
  const RuleMeta preview{.id = "preview", .state = RuleState::preview};
  struct Row
  {
    std::vector<std::string> disabled, previews;
    bool stable, preview;
  };
  for (const Row& row :
       {Row{{}, {}, true, false}, Row{{"stable"}, {}, false, false}, Row{{}, {"preview"}, true, true},
        Row{{}, {"all"}, true, true}, Row{{"preview"}, {"all"}, true, false}, Row{{"other"}, {"other"}, true, false}}) {
    const gate::RuleSet rules(row.disabled, row.previews);
    CHECK(rules.applies(stable) == row.stable);
    CHECK(rules.applies(preview) == row.preview);
  }
}

TEST_CASE("every executable knows the rules of every gate, and helps with a typo")
{
  CHECK(gate::tool_of_rule("drop-column") == "migrations");
  CHECK(gate::tool_of_rule("json-web-token") == "secrets");
  CHECK(gate::tool_of_rule("no-such-rule").empty());
  CHECK(gate::did_you_mean_rule("drop-colum") == " (did you mean drop-column?)");
  CHECK(gate::did_you_mean_rule("entirely-different-thing").empty());
}
