// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::env::shell {

/// Whether a shell pattern (`*`, `?`, `[…]`, a backslash takes the next character) is the whole text.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

enum class Side { front, back };
enum class Extent { shortest, longest };

/// The text without what matches at that side. Nothing if the two are so long that it would take too much time.
[[nodiscard]] std::optional<std::string> without_match(std::string_view text, std::string_view pattern, Side side,
                                                       Extent extent);

/// Where in the text a longest match may be replaced.
enum class Where { first, everywhere, front, back };
/// Nothing if it would take too much time.
[[nodiscard]] std::optional<std::string> with_replacement(std::string_view text, std::string_view pattern,
                                                          std::string_view replacement, Where where);

}  // namespace sluice::env::shell
