// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>

namespace sluice::deps {

/// Names as the registry compares them, so that each file of popular/ proves its own order.
using PopularNames = std::span<const std::string_view>;

constexpr bool
is_sorted_and_unique(PopularNames names)
{
  return std::adjacent_find(names.begin(), names.end(), std::greater_equal<>()) == names.end();
}

extern const PopularNames popular_crates_io, popular_go, popular_maven, popular_npm, popular_nuget, popular_packagist,
    popular_pypi, popular_rubygems;

}  // namespace sluice::deps
