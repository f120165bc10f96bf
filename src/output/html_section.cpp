// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/budget.hpp"
#include "output/html_parts.hpp"
#include "output/section_outline.hpp"
#include "output/section_svg.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t most_columns = 30;
constexpr std::size_t most_rows = 500;

std::string
row_of(const std::vector<std::string>& cells, std::size_t columns)
{
  std::string text = "<tr>";
  for (std::size_t column = 0; column < columns; ++column) {
    text += fmt::format("<td>{}</td>", column < cells.size() ? html_text(cells[column]) : "");
  }
  return text + "</tr>\n";
}

/// What is around the content: its title, as text and as the name of what can be scrolled.
struct Frame
{
  std::string id;     ///< ours
  std::string title;  ///< HTML
};

std::string
scrollable(const Frame& frame, std::string_view content)
{
  return fmt::format("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{}\">\n{}</div>\n",
                     frame.id, content);
}

std::string
content_of(const Table& table, const Frame& frame, std::size_t bytes)
{
  constexpr std::size_t around = 300;
  const std::size_t columns = std::min(table.columns.size(), most_columns);
  std::string text =
      fmt::format("<table>\n<caption><span class=\"hidden\">{}</span></caption>\n<thead><tr>", frame.title);
  for (std::size_t column = 0; column < columns; ++column) {
    text += fmt::format("<th scope=\"col\">{}</th>", html_text(table.columns[column], 200));
  }
  text += "</tr></thead>\n<tbody>\n";
  if (columns == 0 || text.size() + around > bytes) {
    return {};
  }
  const std::size_t shown = fill(text, 0, std::min(table.rows.size(), most_rows), bytes - text.size() - around,
                                 [&](std::size_t i) { return row_of(table.rows[i], columns); });
  return scrollable(frame, text + "</tbody>\n</table>\n") + html_more(shown, table.rows.size(), "rows");
}

/// Graphs and timelines: a picture for those who see it, the table for all.
template<typename Picture>
std::string
content_of(const Picture& picture, const Frame& frame, std::size_t bytes)
{
  constexpr std::size_t around = 400;
  const auto svg = svg_of(picture, frame.id);
  if (!svg || svg->size() + around > bytes) {
    return content_of(table_of(picture), frame, bytes);
  }
  const std::string table = content_of(table_of(picture), frame, bytes - svg->size() - around);
  return scrollable(frame, *svg)
         + (table.empty() ? "" : fmt::format("<details>\n<summary>As a table</summary>\n{}</details>\n", table));
}

}  // namespace

std::string
html_section_of(const Section& section, std::size_t number, std::size_t bytes)
{
  const Frame frame{fmt::format("section-{}", number), html_text(section.title, 200)};
  std::string text = fmt::format("<h3 id=\"{}\">{}</h3>\n", frame.id, frame.title);
  if (!section.note.empty()) {
    text += fmt::format("<p>{}</p>\n", html_text(section.note));
  }
  if (text.size() > bytes) {
    return {};
  }
  return text
         + std::visit([&](const auto& content) { return content_of(content, frame, bytes - text.size()); },
                      section.content);
}

}  // namespace sluice::output
