// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/rule_meta.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::gate {

/// Which rules are applied: the stable ones and the previews that were asked for, without those that were disabled.
class RuleSet
{
public:
  RuleSet() = default;

  /// `previews` names preview rules, or is just "all"; ids that name nothing apply to none, and are told of by whoever
  /// read them (`did_you_mean_rule`).
  RuleSet(const std::vector<std::string>& disabled, const std::vector<std::string>& previews);

  [[nodiscard]] bool applies(const RuleMeta& rule) const;

private:
  std::set<std::string, std::less<>> disabled_, previews_;
};

/// A rule of any gate: the listing of its directory, so that every executable knows all ids and links none of the
/// rules.
struct KnownRule
{
  std::string_view id;
  std::string_view tool;
};

/// Every rule of every gate, by tool and id.
[[nodiscard]] std::span<const KnownRule> known_rules();

/// Name of every gate, sorted.
[[nodiscard]] std::span<const std::string_view> known_gates();

/// The gate that has the rule; empty if none does.
[[nodiscard]] std::string_view tool_of_rule(std::string_view id);

/// " (did you mean X?)" among the rules of all gates, or nothing.
[[nodiscard]] std::string did_you_mean_rule(std::string_view id);

}  // namespace sluice::gate
