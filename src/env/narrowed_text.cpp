// SPDX-License-Identifier: Apache-2.0
#include "env/narrowed_text.hpp"

#include <algorithm>

namespace sluice::env {

NarrowedText
NarrowedText::without_crlf(std::string_view text)
{
  NarrowedText narrowed;
  for (std::size_t end = text.find("\r\n"); end != std::string_view::npos; end = text.find("\r\n")) {
    narrowed.take(text.substr(0, end));
    narrowed.left_out_.push_back(narrowed.text_.size());
    text.remove_prefix(end + 1);
  }
  narrowed.take(text);
  return narrowed;
}

NarrowedText
NarrowedText::without(std::string_view text, char byte)
{
  NarrowedText narrowed;
  for (std::size_t end = text.find(byte); end != std::string_view::npos; end = text.find(byte)) {
    narrowed.take(text.substr(0, end));
    narrowed.left_out_.push_back(narrowed.text_.size());
    text.remove_prefix(end + 1);
  }
  narrowed.take(text);
  return narrowed;
}

Span
NarrowedText::original(Span span) const
{
  // A byte that was left out at its end is no part of it.
  const auto before_end = std::lower_bound(left_out_.begin(), left_out_.end(), span.end) - left_out_.begin();
  const std::size_t begin = original(span.begin);
  return {begin, std::max(begin, span.end + static_cast<std::size_t>(before_end))};
}

std::size_t
NarrowedText::original(std::size_t at) const
{
  const auto before = std::upper_bound(left_out_.begin(), left_out_.end(), at) - left_out_.begin();
  return at + static_cast<std::size_t>(before);
}

void
NarrowedText::take(std::string_view piece)
{
  text_ += piece;
}

}  // namespace sluice::env
