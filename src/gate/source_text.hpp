// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"
#include "finding/location.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::gate {

/// A file under judgement with the places of its lines.
class SourceText
{
public:
  SourceText(std::string path, std::string text);
  [[nodiscard]] const std::string&
  path() const
  {
    return path_;
  }
  [[nodiscard]] std::string_view
  text() const
  {
    return text_;
  }
  /// Of a byte, counted from 0; the end of the text is a place too.
  [[nodiscard]] Position position(std::size_t offset) const;
  [[nodiscard]] Location location(Span where) const;
  [[nodiscard]] std::uint32_t
  line_count() const
  {
    return static_cast<std::uint32_t>(starts_.size());
  }
  /// Without its newline; lines count from 1.
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

private:
  std::string path_;
  std::string text_;
  std::vector<std::size_t> starts_;
};

}  // namespace sluice::gate
