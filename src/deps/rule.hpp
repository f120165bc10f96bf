// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/audit.hpp"
#include "finding/finding.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace sluice::deps {

inline constexpr std::string_view tool_name = "deps";

/// A rule looks at the whole audit and keeps no state.
struct Rule
{
  RuleMeta meta;
  void (*check)(const Rule& rule, const Audit& audit, std::vector<Finding>& found) = nullptr;
};

/// Every file of rules/, by id.
[[nodiscard]] std::span<const Rule* const> rules();
[[nodiscard]] std::span<const std::string_view> rule_ids();

}  // namespace sluice::deps
