// SPDX-License-Identifier: Apache-2.0
//
// What node-semver does to the text of a range before it reads it.
#pragma once

#include <string>
#include <string_view>

namespace sluice::deps {

/// One blank for each run of them, and none at the ends.
[[nodiscard]] std::string collapsed(std::string_view text);

/// Build metadata count nowhere: "+" with identifiers behind it is taken out wherever it stands.
[[nodiscard]] std::string without_build(std::string_view text);

/// Without the blank between an operator and its version, so that blanks are only between comparators.
[[nodiscard]] std::string with_operators_joined(std::string_view text);

}  // namespace sluice::deps
