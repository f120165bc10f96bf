// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::deps {

enum class LeadingZeros { refused, taken };
enum class Short {
  release_only,  ///< with fewer than three numbers nothing may follow
  anything       ///< prerelease and build may follow fewer numbers too
};

/// Where tools that follow Semantic Versioning 2.0.0 differ.
struct SemverDialect
{
  std::string_view prefix = {};               ///< characters of which one may stand before
  std::optional<std::uint64_t> max_number{};  ///< of major, minor and patch; any if there is none
  std::size_t least_numbers = 3;              ///< missing ones are zero
  Short shorter = Short::release_only;
  LeadingZeros leading_zeros = LeadingZeros::refused;  ///< of the three numbers and of numeric identifiers
};

struct Semver
{
  std::array<std::string_view, 3> numbers{"0", "0", "0"};
  std::size_t written = 0;      ///< how many of the numbers
  std::string_view prerelease;  ///< without the hyphen; empty: a release
  std::string_view build;       ///< without the plus
};

[[nodiscard]] std::optional<Semver> parse_semver(std::string_view text, const SemverDialect& dialect);

/// One or more identifiers, dots between.
[[nodiscard]] bool are_identifiers(std::string_view text, LeadingZeros leading_zeros);

/// By the rules of 11.4: numeric ones by value and before the others, which go by ASCII.
[[nodiscard]] std::weak_ordering compare_identifier(std::string_view a, std::string_view b);

using IdentifierOrder = std::weak_ordering (*)(std::string_view a, std::string_view b);

/// Of two lists of identifiers, neither empty: a start comes before the whole.
[[nodiscard]] std::weak_ordering compare_identifiers(std::string_view a, std::string_view b, IdentifierOrder order);

/// Precedence: build metadata do not count.
[[nodiscard]] std::weak_ordering compare_precedence(const Semver& a, const Semver& b,
                                                    IdentifierOrder order = compare_identifier);

/// Nothing if either is no version.
[[nodiscard]] std::optional<std::weak_ordering> compare_semver(std::string_view a, std::string_view b,
                                                               const SemverDialect& dialect);

}  // namespace sluice::deps
