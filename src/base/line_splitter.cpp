// SPDX-License-Identifier: Apache-2.0
#include "base/line_splitter.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice {

namespace {

std::string_view
without_return(std::string_view line)
{
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

void
LineSplitter::add(std::string_view piece)
{
  for (std::size_t end = 0; (end = piece.find('\n')) != std::string_view::npos; piece.remove_prefix(end + 1)) {
    if (begun_size_ == 0 && end <= longest_line) {
      on_line_(without_return(piece.substr(0, end)));
    } else {
      keep(piece.substr(0, end));
      hand_over();
    }
  }
  keep(piece);
}

void
LineSplitter::finish()
{
  if (begun_size_ > 0) {
    hand_over();
  }
}

void
LineSplitter::keep(std::string_view part)
{
  begun_ += part.substr(0, longest_line + 1 - begun_.size());
  begun_size_ += part.size();
}

void
LineSplitter::hand_over()
{
  if (begun_size_ <= longest_line) {
    on_line_(without_return(begun_));
  } else {
    const std::string shown = ellipsis(begun_, longest_line);
    const std::size_t kept = shown.size() - std::string_view("…").size();
    on_line_(fmt::format("{} {} bytes left out …", shown, with_thousands(begun_size_ - kept)));
  }
  begun_.clear();
  begun_size_ = 0;
}

}  // namespace sluice
