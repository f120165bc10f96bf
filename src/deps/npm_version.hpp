// SPDX-License-Identifier: Apache-2.0
//
// Versions as npm takes them. What is published is strict Semantic Versioning (schemes/npm.cpp); a range and what it is
// asked about are read loosely: "=v01.2.3beta" is 1.2.3-beta.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::deps {

/// Number.MAX_SAFE_INTEGER: none of the three numbers is above it.
inline constexpr std::uint64_t max_npm_number = 9007199254740991U;

struct NpmVersion
{
  std::uint64_t major = 0, minor = 0, patch = 0;
  std::string_view prerelease;  ///< without the hyphen; empty: a release
};

/// Of two identifiers of a prerelease. Numeric ones are JavaScript's numbers, so that beyond 2^53 neighbours are the
/// same.
[[nodiscard]] std::weak_ordering compare_npm_identifier(std::string_view a, std::string_view b);

/// Precedence.
[[nodiscard]] std::weak_ordering compare(const NpmVersion& a, const NpmVersion& b);

/// What a version may end in behind its three numbers, with or without a hyphen before it: "-beta.1", "beta". Nothing
/// of what is none.
[[nodiscard]] std::optional<std::string_view> loose_prerelease(std::string_view text);

/// Read loosely; nothing of what is no version. The text must outlive it.
[[nodiscard]] std::optional<NpmVersion> parse_npm_version(std::string_view text);

/// A text without blanks at both ends, as JavaScript trims ASCII.
[[nodiscard]] std::string_view without_blanks(std::string_view text);

}  // namespace sluice::deps
