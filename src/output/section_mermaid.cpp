// SPDX-License-Identifier: Apache-2.0
//
// A label of a diagram is text of the change under test within somebody else's grammar, so nothing of it may mean
// anything there. In a flowchart a label stands in quotes, and whatever is neither letter, digit nor harmless is
// written as Mermaid's own entity (`#34;`,
// https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters): neither a quote, a backtick (fences,
// Markdown strings), a percent sign (`%%{init}%%` works within strings), an angle bracket nor a backslash is left. A
// task of a Gantt chart cannot be quoted and its lexer knows no entities in every version, so there a harmless dot
// replaces them; and every task begins with its number, for the words `section`, `click` and others mean something at
// the beginning of a line.
#include "output/section_mermaid.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "output/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t most_nodes = 60;
constexpr std::size_t most_edges = 120;  ///< Mermaid itself refuses more than 500
constexpr std::size_t most_events = 60;
constexpr std::size_t label_limit = 80;
constexpr std::string_view harmless = " .-_/()+=,";

bool
is_harmless(char c)
{
  const bool is_alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  const bool is_beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
  return is_alphanumeric || is_beyond_ascii || harmless.find(c) != std::string_view::npos;
}

std::string
in_quotes(std::string_view untrusted)
{
  std::string label;
  for (const char c : plain(untrusted, label_limit)) {
    if (is_harmless(c)) {
      label += c;
    } else {
      label += fmt::format("#{};", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return fmt::format("\"{}\"", label.empty() ? "-" : label);
}

std::string
without_quotes(std::string_view untrusted)
{
  std::string label;
  for (const char c : plain(untrusted, label_limit)) {
    const bool is_kept = is_harmless(c) && c != ',';
    label += is_kept ? std::string(1, c) : "\u00B7";
  }
  return label;
}

std::string_view
task_tag(Standing mark)
{
  switch (mark) {
  case Standing::good:
    return "done, ";
  case Standing::warning:
    return "active, ";
  case Standing::bad:
    return "crit, ";
  case Standing::plain:
    break;
  }
  return "";
}

/// Without the colon that ends a task's name. Mermaid 11 takes the seconds of its own format `X` for milliseconds where
/// a task begins.
std::string
gantt_time(std::chrono::sys_seconds time)
{
  return replace_all(replace_all(rfc3339(time), ":", "-"), "Z", "");
}

/// What differs between the ticks, in the words of d3-time-format.
std::string_view
axis_format(const Timeline& timeline)
{
  auto begin = timeline.events.front().begin;
  auto end = begin;
  for (const Timeline::Event& event : timeline.events) {
    begin = std::min(begin, event.begin);
    end = std::max({end, event.begin, event.end});
  }
  if (end - begin < std::chrono::hours(6)) {
    return "%H:%M:%S";
  }
  return end - begin < std::chrono::days(4) ? "%m-%d %H:%M" : "%Y-%m-%d";
}

}  // namespace

std::optional<std::string>
mermaid_of(const Graph& graph)
{
  if (graph.nodes.empty() || graph.nodes.size() > most_nodes || graph.edges.size() > most_edges) {
    return std::nullopt;
  }
  std::string text = "flowchart TD\n"
                     "  classDef good fill:#dafbe1,stroke:#1a7f37,color:#1f2328\n"
                     "  classDef warning fill:#fff8c5,stroke:#9a6700,color:#1f2328\n"
                     "  classDef bad fill:#ffebe9,stroke:#cf222e,color:#1f2328\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Graph::Node& node = graph.nodes[i];
    const std::string mark = node.mark == Standing::plain ? "" : fmt::format(":::{}", name_of(node.mark));
    text += fmt::format("  n{}[{}]{}\n", i, in_quotes(node.label), mark);
  }
  for (const Graph::Edge& edge : graph.edges) {
    if (edge.from < graph.nodes.size() && edge.to < graph.nodes.size()) {
      const std::string label = edge.label.empty() ? "" : fmt::format("|{}|", in_quotes(edge.label));
      text += fmt::format("  n{} -->{} n{}\n", edge.from, label, edge.to);
    }
  }
  return text;
}

std::optional<std::string>
mermaid_of(const Timeline& timeline)
{
  if (timeline.events.empty() || timeline.events.size() > most_events) {
    return std::nullopt;
  }
  std::string text = fmt::format("gantt\n  dateFormat YYYY-MM-DDTHH-mm-ss\n  axisFormat {}\n  todayMarker off\n",
                                 axis_format(timeline));
  for (std::size_t i = 0; i < timeline.events.size(); ++i) {
    const Timeline::Event& event = timeline.events[i];
    const std::string begin = gantt_time(event.begin);
    const std::string when = event.end > event.begin ? fmt::format("{}, {}", begin, gantt_time(event.end))
                                                     : fmt::format("milestone, {}, 0s", begin);
    text += fmt::format("  {}. {} :{}{}\n", i + 1, without_quotes(event.label), task_tag(event.mark), when);
  }
  return text;
}

}  // namespace sluice::output
