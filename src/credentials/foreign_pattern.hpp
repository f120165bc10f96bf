// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace sluice::credentials {

/// Whether a regular expression that a stranger wrote is found in a text: as ECMAScript's `test` without flags, or with
/// those of the form `/expression/flags`. Nothing if RE2 does not take it (look-around, back references) or it has more
/// than `max_foreign_instructions`, or if the text is longer than `max_foreign_text`: who reads a stranger's repository
/// cannot wait for it.
[[nodiscard]] std::optional<bool> finds(std::string_view expression, std::string_view text);

inline constexpr int max_foreign_instructions = 2000;
inline constexpr std::size_t max_foreign_text = 16'384;  ///< bytes

}  // namespace sluice::credentials
