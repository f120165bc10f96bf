// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace sluice {

/// Makes lines of a text that comes in pieces, and holds no more of it than one line.
class LineSplitter
{
public:
  /// Of a longer line, in bytes, only the beginning is handed over, and how much was left out.
  static constexpr std::size_t longest_line = 16U << 10U;

  using OnLine = std::function<void(std::string_view line)>;  ///< without LF or CRLF

  explicit LineSplitter(OnLine on_line)
      : on_line_(std::move(on_line))
  {}

  void add(std::string_view piece);
  /// Hands over what no newline ended.
  void finish();

private:
  void keep(std::string_view part);
  void hand_over();

  OnLine on_line_;
  std::string begun_;           ///< at most a byte more than the longest line
  std::size_t begun_size_ = 0;  ///< with what was not kept
};

}  // namespace sluice
