// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/section_layout.hpp"
#include "output/section_markdown.hpp"
#include "output/section_mermaid.hpp"
#include "output/section_outline.hpp"
#include "output/section_svg.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sluice::output {

namespace {

using namespace std::chrono_literals;

bool
has(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

Graph
chain_of(std::size_t nodes)
{
  Graph graph;
  for (std::size_t i = 0; i < nodes; ++i) {
    graph.nodes.push_back({fmt::format("n{}", i), Standing::plain});
    if (i > 0) {
      graph.edges.push_back({i - 1, i, ""});
    }
  }
  return graph;
}

/// a -> b -> c -> a, and a -> d.
Graph
circle()
{
  return {{{"a", Standing::good}, {"b", Standing::plain}, {"c", Standing::bad}, {"d", Standing::warning}},
          {{0, 1, "uses"}, {1, 2, ""}, {2, 0, "again"}, {0, 3, ""}}};
}

Timeline::Event
event(std::chrono::seconds begin, std::chrono::seconds length, std::string label, Standing mark = Standing::plain)
{
  const std::chrono::sys_seconds start{1'795'000'000s + begin};
  return {start, start + length, std::move(label), mark};
}

/// Whether the diagram is ours line for line: nothing in quotes can end them.
bool
is_our_flowchart(std::string_view text)
{
  const auto lines = lines_of(text);
  return std::all_of(lines.begin(), lines.end(), [](std::string_view line) {
    const auto quotes = std::count(line.begin(), line.end(), '"');
    return (line == "flowchart TD" || line.starts_with("  classDef ") || line.starts_with("  n"))
           && (quotes == 0 || quotes == 2);
  });
}

}  // namespace

TEST_CASE("A graph is an outline in which a circle ends")
{
  const Outline outline = outline_of(circle(), 100);
  std::vector<std::string> lines;
  for (const OutlineLine& line : outline.lines) {
    lines.push_back(fmt::format("{} {}{}", line.depth, line.text, line.is_repeated ? " *" : ""));
  }
  CHECK(
      lines
      == std::vector<std::string>{"0 a [good]", "1 uses -> b", "2 c [bad]", "3 again -> a [good] *", "1 d [warning]"});
  CHECK_FALSE(outline.is_cut);
}

TEST_CASE("Outlines start at roots, leave out edges to nowhere, and are bounded")
{
  const Graph graph{{{"leaf", Standing::plain}, {"root", Standing::plain}}, {{1, 0, ""}, {1, 9, ""}, {0, 0, "self"}}};
  const Outline outline = outline_of(graph, 100);
  REQUIRE(outline.lines.size() == 3);
  CHECK(outline.lines[0].text == "root");
  CHECK(outline.lines[1].text == "leaf");
  CHECK(outline.lines[2].is_repeated);
  const Outline cut = outline_of(chain_of(50'000), 10);
  CHECK(cut.lines.size() == 10);
  CHECK(cut.is_cut);
}

TEST_CASE("Lengths are told in the two greatest units")
{
  CHECK(length_text(event(0s, 0s, "")).empty());
  CHECK(length_text(event(0s, 12s, "")) == "12 s");
  CHECK(length_text(event(0s, 90'061s, "")) == "1 d 1 h");
  CHECK(length_text(event(0s, 86'401s, "")) == "1 d");
  CHECK(length_text(event(0s, -5s, "")).empty());
  CHECK(span_text(event(0s, 60s, "")) == "2026-11-18 11:06:40 UTC, 1 min");
}

TEST_CASE("Tables of pictures say all that the picture says")
{
  CHECK(table_of(circle()).rows[0] == std::vector<std::string>{"a (good)", "uses", "b"});
  CHECK(table_of(Graph{{{"alone", Standing::plain}}, {}}).rows == std::vector<std::vector<std::string>>{{"alone"}});
  CHECK(table_of(Timeline{{event(0s, 60s, "x", Standing::bad)}}).rows[0]
        == std::vector<std::string>{"2026-11-18 11:06:40 UTC", "1 min", "x", "bad"});
  const Table instants = table_of(Timeline{{event(0s, 0s, "x", Standing::bad)}});
  CHECK(instants.columns == std::vector<std::string>{"Time", "Event", "State"});
  CHECK(instants.rows[0] == std::vector<std::string>{"2026-11-18 11:06:40 UTC", "x", "bad"});
}

TEST_CASE("A graph is a Mermaid flowchart")
{
  const std::string text = mermaid_of(circle()).value_or("");
  CHECK(has(text, "\n  n0[\"a\"]:::good\n"));
  CHECK(has(text, "\n  n0 -->|\"uses\"| n1\n"));
  CHECK(has(text, "\n  n2 -->|\"again\"| n0\n"));
  CHECK(is_our_flowchart(text));
  CHECK_FALSE(mermaid_of(Graph{}));
  CHECK_FALSE(mermaid_of(chain_of(61)));
}

TEST_CASE("A timeline is a Mermaid Gantt chart whose axis tells what differs")
{
  const std::string seconds =
      mermaid_of(Timeline{{event(0s, 9s, "lock"), event(5s, 0s, "x", Standing::good)}}).value_or("");
  CHECK(has(seconds, "  axisFormat %H:%M:%S\n"));
  CHECK(has(seconds, "\n  1. lock :2026-11-18T11-06-40, 2026-11-18T11-06-49\n"));
  CHECK(has(seconds, "\n  2. x :done, milestone, 2026-11-18T11-06-45, 0s\n"));
  CHECK(has(mermaid_of(Timeline{{event(0s, 86'400s, "a")}}).value_or(""), "  axisFormat %m-%d %H:%M\n"));
  CHECK(has(mermaid_of(Timeline{{event(0s, 864'000s, "a")}}).value_or(""), "  axisFormat %Y-%m-%d\n"));
  CHECK_FALSE(mermaid_of(Timeline{}));
}

TEST_CASE("No label breaks out of a diagram")
{
  std::vector<std::string> payloads = test::hostile_payloads();
  payloads.insert(payloads.end(), {"\"] --> x[\"", "%%{init: {\"securityLevel\": \"loose\"}}%%", "```\n# out", "`md`",
                                   "end", "click n0 \"javascript:alert(1)\"", "section x", "a : crit, 0, 1", "#quot;"});
  for (const std::string& payload : payloads) {
    CAPTURE(payload.substr(0, 60));
    const std::string flowchart =
        mermaid_of(Graph{{{payload, Standing::bad}, {payload, Standing::plain}}, {{0, 1, payload}}}).value_or("");
    CHECK(lines_of(flowchart).size() == 7);
    CHECK(is_our_flowchart(flowchart));
    const std::string gantt = mermaid_of(Timeline{{event(0s, 9s, payload, Standing::bad)}}).value_or("");
    const auto lines = lines_of(gantt);
    REQUIRE(lines.size() == 5);
    CHECK(lines[4].starts_with("  1. "));
    CHECK(lines[4].ends_with(" :crit, 2026-11-18T11-06-40, 2026-11-18T11-06-49"));
    CHECK(std::count(lines[4].begin(), lines[4].end(), ':') == 1);
    for (const std::string_view bad : {"`", "%%", "\\", "<", ">x", "{", "##"}) {
      CHECK_FALSE(has(flowchart.substr(flowchart.find("  n0")), bad));
      CHECK_FALSE(has(lines[4], bad));
    }
  }
}

TEST_CASE("A section in Markdown is a diagram, or a table where it is too large for one")
{
  CHECK(has(markdown_section({"Ways", "n", circle()}, 50'000), "### Ways\n\n<p>n</p>\n\n```mermaid\nflowchart TD\n"));
  CHECK(has(markdown_section({"Ways", "", chain_of(100)}, 50'000),
            "| From | Edge | To |\n|---|---|---|\n| n0 |  | n1 |"));
  CHECK(has(markdown_section({"Ways", "", chain_of(100)}, 50'000), "\nand 49 more rows\n"));
  CHECK(has(markdown_section({"T", "", Table{{"a", "b"}, {{"1", "x|y"}, {"2"}}}}, 50'000),
            "| a | b |\n|---|---|\n| 1 | x&#124;y |\n| 2 |  |\n"));
}

TEST_CASE("A section in Markdown keeps to its budget")
{
  Table table{{"a"}, std::vector<std::vector<std::string>>(40, {std::string(200, '|')})};
  for (const std::size_t bytes : {0U, 100U, 1'000U, 20'000U}) {
    CHECK(markdown_section({"T", std::string(900, 'x'), table}, bytes).size() <= bytes);
    CHECK(markdown_section({"T", "", circle()}, bytes).size() <= bytes);
  }
}

TEST_CASE("Nodes are laid out in layers, edges that close a circle lead back")
{
  const std::vector<double> widths(4, 60);
  const auto layout = layout_of(circle(), widths);
  REQUIRE(layout);
  CHECK(layout->centres[0].y < layout->centres[1].y);
  CHECK(layout->centres[1].y < layout->centres[2].y);
  CHECK(layout->centres[3].y == layout->centres[1].y);
  CHECK(std::abs(layout->centres[3].x - layout->centres[1].x) >= 60);
  REQUIRE(layout->routes.size() == 4);
  for (const GraphLayout::Route& route : layout->routes) {
    CHECK(route.goes_back == (route.edge == 2));
    CHECK((route.points.front().y > route.points.back().y) == route.goes_back);
    for (const Point& point : route.points) {
      CHECK(point.x >= 0);
      CHECK(point.x <= layout->width);
      CHECK(point.y <= layout->height);
    }
  }
}

TEST_CASE("Layouts are bounded and take any edges")
{
  const std::vector<double> widths(100, 60);
  CHECK_FALSE(layout_of(Graph{}, {}));
  CHECK_FALSE(layout_of(chain_of(100), widths));
  Graph all;
  for (std::size_t i = 0; i < 12; ++i) {
    all.nodes.push_back({"n", Standing::plain});
    for (std::size_t j = 0; j < 12; ++j) {
      all.edges.push_back({i, j, ""});
    }
  }
  all.edges.push_back({3, 99, ""});
  const auto layout = layout_of(all, std::span(widths).first(12));
  REQUIRE(layout);
  CHECK(layout->routes.size() == 132);
}

TEST_CASE("Pictures shorten labels and keep the whole ones as titles")
{
  const std::string label(60, 'x');
  const std::string graph = svg_of(Graph{{{label, Standing::bad}}, {}}, "t").value_or("");
  CHECK(has(graph, "aria-labelledby=\"t\""));
  CHECK(has(graph, fmt::format("<title>{} (bad)</title>", label)));
  CHECK(has(graph, ">" + std::string(35, 'x') + "…</text>"));
  const std::string timeline =
      svg_of(Timeline{{event(0s, 50s, "a"), event(50s, 50s, "b", Standing::good), event(100s, 0s, "c")}}, "t")
          .value_or("");
  CHECK(has(timeline, "<rect x=\"50.00%\" y=\"87\" width=\"50.00%\""));
  CHECK(has(timeline, "<circle cx=\"100.00%\""));
  CHECK_FALSE(svg_of(Timeline{}, "t"));
}

}  // namespace sluice::output
