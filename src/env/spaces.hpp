// SPDX-License-Identifier: Apache-2.0
//
// White space as the languages have it in which dotenv readers are written. They differ: U+00A0 ends a value in
// JavaScript and is part of it in a shell.
#pragma once

#include "base/span.hpp"

#include <cstddef>
#include <string_view>

namespace sluice::env {

/// All of them have the space and U+0009 to U+000D.
enum class Spaces {
  ascii,       ///< no other: Ruby and PHP patterns
  javascript,  ///< `\s` and trim(): the Unicode category Zs, the line separators, U+FEFF
  python,      ///< str.isspace(): Zs, the line separators, U+0085, U+001C to U+001F
  go,          ///< unicode.IsSpace: Zs, the line separators, U+0085
};

/// Bytes of the white space character at `at`; 0 if there is none.
[[nodiscard]] std::size_t space_at(std::string_view text, std::size_t at, Spaces spaces);

/// The first place from `at` on that is no white space; the end if there is none.
[[nodiscard]] std::size_t skip_spaces(std::string_view text, std::size_t at, Spaces spaces);

/// The span without white space at either end. A span of nothing but space becomes empty at its end.
[[nodiscard]] Span trimmed(std::string_view text, Span span, Spaces spaces);
[[nodiscard]] Span trimmed_end(std::string_view text, Span span, Spaces spaces);

/// Bytes of the line end at `at`, where CR LF, CR and LF are one; 0 if there is none.
[[nodiscard]] std::size_t line_end_at(std::string_view text, std::size_t at);

/// The first place from `at` on that is CR or LF; the end if there is none.
[[nodiscard]] std::size_t find_line_end(std::string_view text, std::size_t at);

}  // namespace sluice::env
