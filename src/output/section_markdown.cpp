// SPDX-License-Identifier: Apache-2.0
#include "output/section_markdown.hpp"

#include "base/text.hpp"
#include "output/budget.hpp"
#include "output/escape.hpp"
#include "output/section_mermaid.hpp"
#include "output/section_outline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t most_columns = 20;
constexpr std::size_t most_rows = 50;
constexpr std::size_t cell_limit = 300;

std::string
row_of(const std::vector<std::string>& cells, std::size_t columns)
{
  std::string text = "|";
  for (std::size_t column = 0; column < columns; ++column) {
    text += fmt::format(" {} |", column < cells.size() ? markdown(cells[column], cell_limit) : "");
  }
  return text + "\n";
}

std::string
content_of(const Table& table, std::size_t bytes)
{
  const std::size_t columns = std::min(table.columns.size(), most_columns);
  if (columns == 0) {
    return {};
  }
  std::string text = row_of(table.columns, columns) + "|";
  for (std::size_t column = 0; column < columns; ++column) {
    text += "---|";
  }
  text += "\n";
  if (text.size() >= bytes) {
    return {};
  }
  const std::size_t shown = fill(text, 0, std::min(table.rows.size(), most_rows), bytes - text.size(),
                                 [&](std::size_t i) { return row_of(table.rows[i], columns); });
  if (shown < table.rows.size()) {
    text += fmt::format("\nand {} more rows\n", with_thousands(table.rows.size() - shown));
  }
  return text;
}

/// Graphs and timelines.
template<typename Picture>
std::string
content_of(const Picture& picture, std::size_t bytes)
{
  if (const auto diagram = mermaid_of(picture); diagram && diagram->size() < bytes) {
    return fmt::format("```mermaid\n{}```\n", *diagram);
  }
  return content_of(table_of(picture), bytes);
}

}  // namespace

std::string
markdown_section(const Section& section, std::size_t bytes)
{
  constexpr std::size_t frame = 100;  ///< bytes around a diagram or behind a table
  std::string text = fmt::format("\n### {}\n\n", markdown(section.title, 200));
  if (!section.note.empty()) {
    text += fmt::format("<p>{}</p>\n\n", markdown(section.note, 500));
  }
  if (text.size() + frame > bytes) {
    return {};
  }
  return text
         + std::visit([room = bytes - text.size() - frame](const auto& content) { return content_of(content, room); },
                      section.content);
}

}  // namespace sluice::output
