// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// A line of OSV's modified_id.csv: "2026-08-21T09:17:44.25Z,GO-2026-5681".
struct Modified
{
  std::string_view when, id;
};

/// All lines. Nothing if one is no such line, or there is none: an empty list and an error page would both say that
/// nothing has changed.
[[nodiscard]] std::optional<std::vector<Modified>> read_modified_list(std::string_view csv);

/// Less than 0 if `a` was before `b`, 0 if both are the same moment. Times of UTC, with or without a fraction.
[[nodiscard]] int compare_moments(std::string_view a, std::string_view b);

}  // namespace sluice::deps
