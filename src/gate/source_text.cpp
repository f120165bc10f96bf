// SPDX-License-Identifier: Apache-2.0
#include "gate/source_text.hpp"

#include <algorithm>

namespace sluice::gate {

SourceText::SourceText(std::string path, std::string text)
    : path_(std::move(path)),
      text_(std::move(text)),
      starts_{0}
{
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') {
      starts_.push_back(i + 1);
    }
  }
}

Position
SourceText::position(std::size_t offset) const
{
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - starts_.begin());
  return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(offset - starts_[line - 1] + 1)};
}

Location
SourceText::location(Span where) const
{
  return {path_, position(where.begin), position(where.end), {}};
}

std::string_view
SourceText::line(std::uint32_t number) const
{
  const std::size_t begin = starts_[number - 1];
  const std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
  const std::string_view line = std::string_view(text_).substr(begin, end - begin);
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace sluice::gate
