// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Words of `safe` in lines of at most `width` columns of a terminal (`first_width` for the first); a longer word has
/// a line of its own, so that a URL or a command can still be copied. Never empty; the first line is empty if its word
/// has more room on the second.
[[nodiscard]] std::vector<std::string> wrap(std::string_view safe, std::size_t first_width, std::size_t width);

/// The same as one text that begins at column `indent`, its further lines behind as many spaces, none beyond `width`.
[[nodiscard]] std::string folded(std::string_view safe, std::size_t indent, std::size_t width);

}  // namespace sluice
