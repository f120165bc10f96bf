// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

namespace sluice {

/// A piece of a text: half-open, in bytes.
struct Span
{
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t
  size() const
  {
    return end - begin;
  }
  /// `text` must reach to `end`.
  [[nodiscard]] std::string_view
  of(std::string_view text) const
  {
    return text.substr(begin, end - begin);
  }
  auto operator<=>(const Span&) const = default;
};

}  // namespace sluice
