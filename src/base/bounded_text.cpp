// SPDX-License-Identifier: Apache-2.0
#include "base/bounded_text.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

void
BoundedText::add(std::string_view piece)
{
  const std::size_t to_first = std::min(piece.size(), kept_ - first_.size());
  first_ += piece.substr(0, to_first);
  piece.remove_prefix(to_first);
  if (piece.size() > kept_) {
    left_out_ += piece.size() - kept_;
    piece.remove_prefix(piece.size() - kept_);
  }
  later_ += piece;
  // Not with every piece, or each small one would move all that is kept.
  if (later_.size() > 4 * kept_) {
    left_out_ += later_.size() - kept_;
    later_.erase(0, later_.size() - kept_);
  }
}

std::string
BoundedText::text() const
{
  const std::size_t shown = std::min(later_.size(), kept_);
  const std::uint64_t missing = left_out_ + later_.size() - shown;
  if (missing == 0) {
    return first_ + later_;
  }
  return fmt::format("{}\n… {} bytes left out …\n{}", first_, with_thousands(missing),
                     std::string_view(later_).substr(later_.size() - shown));
}

}  // namespace sluice
