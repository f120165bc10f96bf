// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace sluice::env {

/// From the quote at `at` to the last of its kind behind which a value may end, as patterns find it that take as much
/// as they can: one behind a backslash only if none behind it does, and none behind the first without one. Nothing if
/// there is none. `may_end` is asked of the place behind a quote.
[[nodiscard]] std::optional<Span>
last_quoted(std::string_view text, std::size_t at, const auto& may_end)
{
  std::optional<Span> found;
  for (std::size_t end = text.find(text[at], at + 1); end != std::string_view::npos;
       end = text.find(text[at], end + 1)) {
    if (may_end(text, end + 1)) {
      found = Span{at, end + 1};
    }
    if (text[end - 1] != '\\') {
      break;
    }
  }
  return found;
}

}  // namespace sluice::env
