// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/msbuild.hpp"

#include <functional>

namespace sluice::deps {

/// What a condition knows of the files around it.
struct ConditionFacts
{
  /// As MsBuild::expand.
  std::function<std::vector<std::string>(std::string_view)> expand;
  /// Whether any file has set the property.
  std::function<bool(std::string_view)> is_set;
};

/// Whether a condition holds (learn.microsoft.com, "MSBuild conditions"): comparisons for equality, "and", "or", "!"
/// and brackets. Everything else holds perhaps. An empty condition holds.
[[nodiscard]] Certainty condition_holds(std::string_view condition, const ConditionFacts& facts);

}  // namespace sluice::deps
