// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string_view>

namespace sluice::deps {

/// Whether a text that PEP 440 does not take is ordered as packaging did before version 22: it begins with a digit, "v"
/// before or not, has only letters, digits and . _ + ! ~ - behind, and is no commit.
[[nodiscard]] bool is_legacy_python_version(std::string_view text);

/// The order of packaging's `LegacyVersion`, which was that of setuptools' parse_version: digits and letters as texts
/// of their own, numbers filled up to eight digits, letters before the end unless they come behind "final".
[[nodiscard]] std::weak_ordering compare_legacy_python_versions(std::string_view a, std::string_view b);

}  // namespace sluice::deps
