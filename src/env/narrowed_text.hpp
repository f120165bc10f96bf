// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// A text that a program leaves bytes out of before it reads it, and where the rest was.
class NarrowedText
{
public:
  /// CR LF as LF.
  [[nodiscard]] static NarrowedText without_crlf(std::string_view text);
  /// Without that byte, wherever it is.
  [[nodiscard]] static NarrowedText without(std::string_view text, char byte);

  [[nodiscard]] std::string_view
  text() const
  {
    return text_;
  }
  /// Where a piece of `text()` was.
  [[nodiscard]] Span original(Span span) const;
  [[nodiscard]] std::size_t original(std::size_t at) const;

private:
  void take(std::string_view piece);
  std::string text_;
  std::vector<std::size_t> left_out_;  ///< places of `text_` in front of which a byte was, ascending
};

}  // namespace sluice::env
