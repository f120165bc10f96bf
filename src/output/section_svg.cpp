// SPDX-License-Identifier: Apache-2.0
//
// Presentation attributes and classes only: the page's policy refuses style attributes. A timeline has its places in
// per cent, so that it is as wide as the page while its letters keep their size.
#include "output/section_svg.hpp"

#include "base/utf8.hpp"
#include "output/escape.hpp"
#include "output/html_parts.hpp"
#include "output/section_layout.hpp"
#include "output/section_outline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t most_columns = 36;
constexpr std::size_t most_edge_columns = 24;
constexpr double column_width = 7.3;  ///< of 12 pixels of a monospaced font
constexpr std::size_t most_events = 120;
constexpr double row_height = 40;

double
width_of(std::string_view safe)
{
  return column_width * static_cast<double>(display_width(safe)) + 20;
}

std::string
path_of(const std::vector<Point>& points)
{
  std::string path = fmt::format("M{:.1f} {:.1f}", points.front().x, points.front().y);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point& a = points[i - 1];
    const Point& b = points[i];
    const double middle = (a.y + b.y) / 2;
    path += fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", a.x, middle, b.x, middle, b.x, b.y);
  }
  return path;
}

std::string
edge_of(const Graph::Edge& edge, const GraphLayout::Route& route, std::string_view arrow_id)
{
  std::string text = fmt::format("<path class=\"edge{}\" d=\"{}\" marker-end=\"url(#{})\"/>\n",
                                 route.goes_back ? " back" : "", path_of(route.points), arrow_id);
  if (!edge.label.empty()) {
    // Nearer to where the edge begins: the label of the way back would else lie on that of the way there.
    constexpr double near = 0.32;
    const Point& a = route.points[0];
    const Point& b = route.points[1];
    text += fmt::format("<text class=\"edge-label\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                        a.x + near * (b.x - a.x), a.y + near * (b.y - a.y) + 4,
                        html_text(shortened(edge.label, most_edge_columns)));
  }
  return text;
}

std::string
node_of(const Graph::Node& node, std::string_view label, Point centre)
{
  const double width = width_of(label);
  const std::string mark = node.mark == Standing::plain ? "" : fmt::format(" ({})", name_of(node.mark));
  return fmt::format(
      "<g class=\"node {}\"><title>{}{}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\" "
      "rx=\"5\"/><text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text></g>\n",
      name_of(node.mark), html_text(node.label, 400), mark, centre.x - width / 2, centre.y - node_height / 2, width,
      node_height, centre.x, centre.y + 4, html_text(label));
}

double
per_cent(std::chrono::sys_seconds time, std::chrono::sys_seconds begin, std::chrono::sys_seconds end)
{
  const auto length = static_cast<double>((end - begin).count());
  return length <= 0 ? 0 : 100 * static_cast<double>((time - begin).count()) / length;
}

}  // namespace

std::optional<std::string>
svg_of(const Graph& graph, std::string_view title_id)
{
  std::vector<std::string> labels;
  std::vector<double> widths;
  for (const Graph::Node& node : graph.nodes) {
    labels.push_back(shortened(node.label, most_columns));
    widths.push_back(width_of(labels.back()));
  }
  const auto layout = layout_of(graph, widths);
  if (!layout) {
    return std::nullopt;
  }
  const std::string arrow_id = fmt::format("{}-arrow", title_id);
  std::string text = fmt::format(
      "<svg class=\"graph\" role=\"img\" aria-labelledby=\"{0}\" width=\"{1:.0f}\" height=\"{2:.0f}\" "
      "viewBox=\"0 0 {1:.0f} {2:.0f}\">\n<defs><marker id=\"{3}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" "
      "markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path class=\"arrow\" d=\"M0 0L8 4L0 8z\"/></marker>"
      "</defs>\n",
      title_id, layout->width, layout->height, arrow_id);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    text += node_of(graph.nodes[i], labels[i], layout->centres[i]);
  }
  for (const GraphLayout::Route& route : layout->routes) {
    text += edge_of(graph.edges[route.edge], route, arrow_id);
  }
  return text + "</svg>\n";
}

std::optional<std::string>
svg_of(const Timeline& timeline, std::string_view title_id)
{
  if (timeline.events.empty() || timeline.events.size() > most_events) {
    return std::nullopt;
  }
  auto begin = timeline.events.front().begin;
  auto end = begin;
  for (const Timeline::Event& event : timeline.events) {
    begin = std::min(begin, event.begin);
    end = std::max({end, event.begin, event.end});
  }
  const double height = row_height * static_cast<double>(timeline.events.size()) + 26;
  std::string text = fmt::format("<svg class=\"timeline\" role=\"img\" aria-labelledby=\"{}\" width=\"100%\" "
                                 "height=\"{:.0f}\">\n<text class=\"axis\" x=\"0\" y=\"12\">{}</text>\n",
                                 title_id, height, time_text(begin));
  if (end > begin) {
    text += fmt::format("<text class=\"axis\" x=\"100%\" y=\"12\" text-anchor=\"end\">{}</text>\n", time_text(end));
  }
  double y = 26;
  for (const Timeline::Event& event : timeline.events) {
    const double from = per_cent(event.begin, begin, end);
    const double to = std::max(from, per_cent(event.end, begin, end));
    text += fmt::format("<g class=\"event {}\"><title>{}: {}</title><text x=\"0\" y=\"{:.0f}\">{}</text>"
                        "<line class=\"track\" x1=\"0\" x2=\"100%\" y1=\"{:.0f}\" y2=\"{:.0f}\"/>",
                        name_of(event.mark), html_text(event.label, 400), span_text(event), y + 14,
                        html_text(shortened(event.label, 60)), y + 25, y + 25);
    text += to > from ? fmt::format("<rect x=\"{:.2f}%\" y=\"{:.0f}\" width=\"{:.2f}%\" height=\"8\" rx=\"2\"/></g>\n",
                                    from, y + 21, std::max(0.5, to - from))
                      : fmt::format("<circle cx=\"{:.2f}%\" cy=\"{:.0f}\" r=\"5\"/></g>\n", from, y + 25);
    y += row_height;
  }
  return text + "</svg>\n";
}

}  // namespace sluice::output
