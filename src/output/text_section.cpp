// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"
#include "output/section_outline.hpp"
#include "output/text_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t most_rows = 200;
constexpr std::size_t cell_limit = 500;
constexpr std::size_t pad = 4;

Style
style_of(Standing mark)
{
  switch (mark) {
  case Standing::good:
    return Style::green;
  case Standing::warning:
    return Style::yellow;
  case Standing::bad:
    return Style::red;
  case Standing::plain:
    break;
  }
  return Style::none;
}

std::string
cell_of(const std::vector<std::string>& row, std::size_t column)
{
  return column < row.size() ? plain(row[column], cell_limit) : std::string();
}

std::vector<std::size_t>
widths_of(const Table& table, std::size_t rows)
{
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    widths.push_back(display_width(cell_of(table.columns, column)));
    for (std::size_t row = 0; row < rows; ++row) {
      widths.back() = std::max(widths.back(), display_width(cell_of(table.rows[row], column)));
    }
  }
  return widths;
}

void
add_aligned(const Table& table, std::size_t rows, const std::vector<std::size_t>& widths, TextPage& page)
{
  const auto add_row = [&](const std::vector<std::string>& row, Style style) {
    std::string text = page.bar(pad).text;
    for (std::size_t column = 0; column < widths.size(); ++column) {
      const std::string cell = cell_of(row, column);
      text += page.styled(cell, style) + padding(cell, widths[column]) + "  ";
    }
    page.line(text);
  };
  add_row(table.columns, Style::bold);
  for (std::size_t row = 0; row < rows; ++row) {
    add_row(table.rows[row], Style::none);
  }
}

void
add_content(const Table& table, TextPage& page)
{
  const std::size_t rows = std::min(table.rows.size(), most_rows);
  const std::vector<std::size_t> widths = widths_of(table, rows);
  std::size_t total = pad + 2;
  for (const std::size_t width : widths) {
    total += width + 2;
  }
  if (total <= page.width() + 2) {
    add_aligned(table, rows, widths, page);
  } else {
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<TextPage::Item> items;
      for (std::size_t column = 0; column < table.columns.size(); ++column) {
        items.push_back({table.columns[column], cell_of(table.rows[row], column)});
      }
      page.line(std::string(pad, ' ') + page.styled("|", Style::blue));
      page.items(items, pad);
    }
  }
  if (rows < table.rows.size()) {
    page.line(fmt::format("    ... and {} more rows", with_thousands(table.rows.size() - rows)));
  }
}

void
add_content(const Graph& graph, TextPage& page)
{
  const Outline outline = outline_of(graph, most_rows);
  for (const OutlineLine& each : outline.lines) {
    // Deep paths would leave no room; the number tells what the indentation no longer can.
    constexpr std::size_t deepest = 8;
    const std::string indent(2 * std::min(each.depth, deepest), ' ');
    const std::string depth = each.depth > deepest ? fmt::format("({}) ", each.depth) : "";
    page.paragraph(page.bar(pad) + page.lead(indent + "- " + depth),
                   each.text + (each.is_repeated ? " (see above)" : ""), pad);
  }
  if (outline.is_cut) {
    page.line(fmt::format("    ... of {} and {}", counted(graph.nodes.size(), "node", "nodes"),
                          counted(graph.edges.size(), "edge", "edges")));
  }
}

void
add_content(const Timeline& timeline, TextPage& page)
{
  const std::size_t rows = std::min(timeline.events.size(), most_rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const Timeline::Event& event = timeline.events[i];
    TextPage::Lead lead = page.bar(pad) + page.lead(span_text(event) + "  ");
    if (event.mark != Standing::plain) {
      lead = lead + page.lead(name_of(event.mark), style_of(event.mark)) + page.lead("  ");
    }
    page.paragraph(lead, event.label, pad);
  }
  if (rows < timeline.events.size()) {
    page.line(fmt::format("    ... and {} more events", with_thousands(timeline.events.size() - rows)));
  }
}

}  // namespace

void
add_section(const Section& section, TextPage& page)
{
  page.paragraph(page.lead("section: ", Style::bold), section.title, pad);
  if (!section.note.empty()) {
    page.paragraph(page.bar(pad), section.note, pad);
  }
  std::visit([&page](const auto& content) { add_content(content, page); }, section.content);
  page.blank();
}

}  // namespace sluice::output
