// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace sluice::deps {

/// Where tools that follow Semantic Versioning 2.0.0 differ.
struct SemverDialect
{
  std::string_view prefix = {};  ///< characters of which one may stand before, as blanks then may around
  std::uint64_t max_number = std::numeric_limits<std::uint64_t>::max();  ///< of major, minor and patch
};

/// Nothing if either is no version. Build metadata do not count.
[[nodiscard]] std::optional<std::weak_ordering> compare_semver(std::string_view a, std::string_view b,
                                                               const SemverDialect& dialect);

}  // namespace sluice::deps
