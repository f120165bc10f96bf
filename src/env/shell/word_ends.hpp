// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/shell_name.hpp"

#include <cstddef>
#include <string_view>

namespace sluice::env::shell {

enum class Flavor { bash, dash };

/// Quotes, braces and commands within each other; what is deeper does not end.
inline constexpr int max_depth = 100;

inline constexpr std::size_t no_end = std::string_view::npos;

/// Each is given the place of what opens, and gives the place behind what closes it; `no_end` if nothing does.
[[nodiscard]] std::size_t end_of_single_quotes(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t end_of_double_quotes(std::string_view text, std::size_t at, Flavor flavor, int depth = 0);
[[nodiscard]] std::size_t end_of_backticks(std::string_view text, std::size_t at);
/// Of bash's `$'…'`, from its quote.
[[nodiscard]] std::size_t end_of_escaped_quotes(std::string_view text, std::size_t at);

enum class Quotes { none, around };

/// Of what a dollar sign begins: `$(…)`, `$((…))`, `${…}`, bash's `$'…'` and `$"…"`. Of everything else only the sign.
[[nodiscard]] std::size_t end_of_dollar(std::string_view text, std::size_t at, Flavor flavor, Quotes quotes,
                                        int depth = 0);

/// The end of the piece at `at`, which is not blank: what is in quotes or brackets as a whole, else one character.
[[nodiscard]] std::size_t end_of_piece(std::string_view text, std::size_t at, Flavor flavor, Quotes quotes,
                                       int depth = 0);

}  // namespace sluice::env::shell
