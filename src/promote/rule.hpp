// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "promote/options.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// An environment of a pipeline, as it is written.
struct WrittenStage
{
  const PromoteOptions& pipeline;
  const std::string& name;
  const Stage& stage;
};

/// A rule says of a pipeline what a promotion would lack whenever it came. It looks at one environment at a time.
struct Rule
{
  RuleMeta meta;
  void (*check)(const Rule& rule, const WrittenStage& written, std::vector<Finding>& found);
};

/// A finding at the environment, without message and help.
[[nodiscard]] Finding finding_at(const Rule& rule, const WrittenStage& written);

/// Every file of rules/, by id.
[[nodiscard]] std::span<const Rule* const> rules();
[[nodiscard]] std::span<const std::string_view> rule_ids();

}  // namespace sluice::promote
