// SPDX-License-Identifier: Apache-2.0
#include "base/wrap.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace sluice {

std::vector<std::string>
wrap(std::string_view safe, std::size_t first_width, std::size_t width)
{
  std::vector<std::string> lines{""};
  std::size_t used = 0;
  for (const std::string_view word : split(safe, ' ')) {
    const std::size_t word_width = display_width(word);
    const bool is_first_line = lines.size() == 1;
    const std::size_t room = is_first_line ? first_width : width;
    const bool has_more_room_below = is_first_line && first_width < width && word_width > first_width;
    if (used > 0 ? used + 1 + word_width > room : has_more_room_below) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += word_width;
  }
  return lines;
}

std::string
folded(std::string_view safe, std::size_t indent, std::size_t width)
{
  const std::size_t room = width > indent ? width - indent : 1;
  return join(wrap(safe, room, room), "\n" + std::string(indent, ' '));
}

}  // namespace sluice
