// SPDX-License-Identifier: Apache-2.0
//
// What godotenv and its fork in compose-go have in common: what they take for white space inside of a line, and
// `export`.
#pragma once

#include "base/span.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::env {

/// Behind white space other than line feeds: tab, VT, FF, CR, space, U+0085, U+00A0.
[[nodiscard]] std::size_t skip_go_blanks(std::string_view text, std::size_t at);
[[nodiscard]] bool ends_with_go_blank(std::string_view text);
[[nodiscard]] Span trimmed_go_blanks(std::string_view text, Span span);

/// Behind white space and lines that are comments.
[[nodiscard]] std::size_t behind_go_comments(std::string_view text, std::size_t at);

/// What must follow the word for it to count.
enum class GoExport {
  with_space,      ///< white space that ends no line
  with_any_space,  ///< space, tab, FF, CR or LF
};

/// Where the key begins behind `export`; `at` without the word.
[[nodiscard]] std::size_t behind_go_export(std::string_view text, std::size_t at, GoExport form);

/// The text by way of Go's runes: each byte that is no UTF-8 becomes a U+FFFD.
[[nodiscard]] std::string as_go_runes(std::string_view text);

}  // namespace sluice::env
