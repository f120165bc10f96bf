// SPDX-License-Identifier: Apache-2.0
#include "gate/rule_set.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::gate {

RuleSet::RuleSet(const std::vector<std::string>& disabled, const std::vector<std::string>& previews)
    : disabled_(disabled.begin(), disabled.end()),
      previews_(previews.begin(), previews.end())
{}

bool
RuleSet::applies(const RuleMeta& rule) const
{
  const bool is_on = rule.state == RuleState::stable || previews_.contains("all") || previews_.contains(rule.id);
  return is_on && !disabled_.contains(rule.id);
}

std::string_view
tool_of_rule(std::string_view id)
{
  const auto all = known_rules();
  const auto found = std::find_if(all.begin(), all.end(), [id](const KnownRule& rule) { return rule.id == id; });
  return found == all.end() ? std::string_view() : found->tool;
}

std::string
did_you_mean_rule(std::string_view id)
{
  std::vector<std::string_view> ids;
  for (const KnownRule& rule : known_rules()) {
    ids.push_back(rule.id);
  }
  return did_you_mean(id, ids);
}

}  // namespace sluice::gate
