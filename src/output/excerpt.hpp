// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::output {

/// A source line made to fit, with the columns that a caret line underlines.
struct Excerpt
{
  std::string line;             ///< printable, tabs expanded, "…" where it was cut
  std::size_t mark_begin = 0;   ///< bytes of `line` before what the finding covers
  std::size_t mark_end = 0;     ///< and up to its end; the same if it has no column on this line
  std::size_t caret_begin = 0;  ///< columns of a terminal before the first caret
  std::size_t caret_width = 0;  ///< 0: the finding has no column on this line
};

/// The window of the finding's excerpt around its column that fits into `width` columns of a terminal.
[[nodiscard]] Excerpt fit_excerpt(const Finding& finding, std::size_t width);

/// SARIF counts columns in UTF-16 code units, we in bytes of the line; both from 1. `shown_before` is what the excerpt
/// shows of the line before that column; what it hides or leaves out is taken for ASCII, as secrets are.
[[nodiscard]] std::uint32_t utf16_column(std::uint32_t byte_column, std::string_view shown_before);

}  // namespace sluice::output
