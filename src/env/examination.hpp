// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/rule.hpp"
#include "gate/rule_set.hpp"

#include <vector>

namespace sluice::env {

/// What the rules that apply find, by place. Comments that allow it (`# sluice:allow[rule] reason`) are noted.
[[nodiscard]] std::vector<Finding> apply_rules(const Survey& survey, const gate::RuleSet& wanted);

/// What was examined, what was left out and what nothing could be told of.
[[nodiscard]] Findings findings_of(const Survey& survey, const gate::RuleSet& wanted);

}  // namespace sluice::env
