// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "gate/source_text.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace sluice::@name@ {

/// A rule looks at one file at a time and keeps no state.
struct Rule
{
  RuleMeta meta;
  void (*check)(const Rule& rule, const gate::SourceText& file, std::vector<Finding>& found);
};

/// Every file of rules/, by id.
[[nodiscard]] std::span<const Rule* const> rules();
[[nodiscard]] std::span<const std::string_view> rule_ids();

}  // namespace sluice::@name@
