// SPDX-License-Identifier: Apache-2.0
//
// A line of a minified bundle can be a megabyte long and hold one token that matters. The line is first cut to some
// bytes around the finding, so that the cost does not depend on its length, then turned into cells (one per
// character as a person sees it, each with its printable form and its width), and the window is chosen among the
// cells: an accent is never cut from its letter.
#include "output/excerpt.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"

#include <algorithm>
#include <vector>

namespace sluice::output {

namespace {

constexpr std::size_t tab_width = 4;
constexpr std::size_t bytes_before = 600;
constexpr std::size_t bytes_after = 1200;

struct Cell
{
  std::size_t offset;  ///< in the original line
  std::string text;
  std::size_t width;
};

std::size_t
character_start(std::string_view line, std::size_t at)
{
  for (std::size_t back = 0; back < 3 && at > 0 && at < line.size(); ++back, --at) {
    if ((static_cast<unsigned char>(line[at]) & 0xC0U) != 0x80U) {
      break;
    }
  }
  return at;
}

/// What is shown of the character at `at`. A command for a runner is broken here already: done later, it would move
/// what stands behind it away from its caret.
std::string
shown_form(std::string_view line, std::size_t at, std::size_t length, std::size_t column)
{
  if (line[at] == '\t') {
    return std::string(tab_width - column % tab_width, ' ');
  }
  constexpr std::size_t longest_command = 64;
  const bool is_second_hash = line[at] == '#' && at > 0 && line[at - 1] == '#';
  if (is_second_hash && break_log_commands(line.substr(at - 1, longest_command), "x")[1] == 'x') {
    return "\\x23" + printable(line.substr(at + 1, length - 1));
  }
  return printable(line.substr(at, length));
}

std::vector<Cell>
cells_of(std::string_view line, Span window)
{
  std::vector<Cell> cells;
  std::size_t column = 0;
  for (std::size_t at = window.begin; at < window.end;) {
    const std::size_t length = first_cluster(line.substr(at, window.end - at)).length;
    std::string text = shown_form(line, at, length, column);
    const std::size_t width = display_width(text);
    cells.push_back({at, std::move(text), width});
    column += width;
    at += length;
  }
  return cells;
}

std::size_t
width_of(const std::vector<Cell>& cells, std::size_t begin, std::size_t end)
{
  std::size_t width = 0;
  for (std::size_t i = begin; i < end; ++i) {
    width += cells[i].width;
  }
  return width;
}

/// First cell to show: the line's start if the mark then fits, else some context before the mark.
std::size_t
first_shown(const std::vector<Cell>& cells, std::size_t mark_begin, std::size_t mark_end, std::size_t width)
{
  if (width_of(cells, 0, mark_end) + 1 <= width) {
    return 0;
  }
  std::size_t first = mark_begin;
  for (std::size_t context = 0; first > 0 && context + cells[first - 1].width <= width / 3;) {
    context += cells[--first].width;
  }
  return first;
}

std::size_t
index_at(const std::vector<Cell>& cells, std::size_t offset)
{
  const auto found =
      std::find_if(cells.begin(), cells.end(), [offset](const Cell& cell) { return cell.offset >= offset; });
  return static_cast<std::size_t>(found - cells.begin());
}

/// The cell that holds the byte.
std::size_t
index_of(const std::vector<Cell>& cells, std::size_t offset)
{
  const std::size_t index = index_at(cells, offset);
  const bool is_within = index > 0 && (index == cells.size() || cells[index].offset > offset);
  return index - (is_within ? 1U : 0U);
}

}  // namespace

Excerpt
fit_excerpt(const Finding& finding, std::size_t width)
{
  const std::string_view line = finding.excerpt;
  const Span mark = finding.covered_bytes();
  const Span window{character_start(line, mark.begin > bytes_before ? mark.begin - bytes_before : 0),
                    character_start(line, std::min(line.size(), mark.begin + bytes_after))};
  const std::vector<Cell> cells = cells_of(line, window);
  const std::size_t mark_begin = index_of(cells, mark.begin);
  const std::size_t mark_end = index_at(cells, mark.end);
  const std::size_t first = first_shown(cells, mark_begin, mark_end, width);

  Excerpt excerpt;
  const bool is_cut_before = first > 0 || window.begin > 0;
  excerpt.line = is_cut_before ? "…" : "";
  std::size_t column = is_cut_before ? 1 : 0;
  excerpt.caret_begin = column + width_of(cells, first, mark_begin);
  excerpt.mark_begin = excerpt.mark_end = excerpt.line.size();
  std::size_t i = first;
  for (; i < cells.size() && column + cells[i].width + 1 <= width; ++i) {
    excerpt.line += cells[i].text;
    column += cells[i].width;
    excerpt.mark_begin = i < mark_begin ? excerpt.line.size() : excerpt.mark_begin;
    excerpt.mark_end = i < mark_end ? excerpt.line.size() : excerpt.mark_end;
  }
  if (i < cells.size() || window.end < line.size()) {
    excerpt.line += "…";
  }
  excerpt.caret_width = width_of(cells, mark_begin, std::max(mark_begin, std::min(mark_end, i)));
  return excerpt;
}

std::uint32_t
utf16_column(std::uint32_t byte_column, std::string_view shown_before)
{
  std::size_t surplus = 0;
  for (std::size_t at = 0; at < shown_before.size();) {
    const std::string_view rest = shown_before.substr(at);
    const auto [character, length] = decode_utf8(rest);
    const bool is_ours = rest.starts_with("…(") || (at == 0 && rest.starts_with("…"));
    surplus += is_ours ? 0 : length - (character.value_or(0) > 0xFFFF ? 2U : 1U);
    at += length;
  }
  return static_cast<std::uint32_t>(byte_column > surplus ? byte_column - surplus : std::min(byte_column, 1U));
}

}  // namespace sluice::output
