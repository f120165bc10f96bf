// SPDX-License-Identifier: Apache-2.0
#include "output/section_outline.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::output {

namespace {

/// A walk along the edges from every node that none leads to, with a stack of its own: depth costs no stack of ours.
class OutlineWalk
{
public:
  OutlineWalk(const Graph& graph, std::size_t most)
      : graph_(graph),
        most_(most),
        out_(graph.nodes.size()),
        is_seen_(graph.nodes.size())
  {}

  Outline
  run() &&
  {
    std::vector<bool> is_target(graph_.nodes.size());
    for (const Graph::Edge& edge : graph_.edges) {
      if (edge.from < out_.size() && edge.to < out_.size()) {
        out_[edge.from].push_back(&edge);
        is_target[edge.to] = is_target[edge.to] || edge.from != edge.to;
      }
    }
    for (const bool only_roots : {true, false}) {
      for (std::size_t node = 0; node < graph_.nodes.size(); ++node) {
        if (!is_seen_[node] && !(only_roots && is_target[node])) {
          walk_from(node);
        }
      }
    }
    return std::move(outline_);
  }

private:
  struct Step
  {
    std::size_t node;
    std::size_t depth;
    const Graph::Edge* edge;
  };

  void
  walk_from(std::size_t root)
  {
    std::vector<Step> open{{root, 0, nullptr}};
    while (!open.empty()) {
      const Step step = open.back();
      open.pop_back();
      if (outline_.lines.size() >= most_) {
        outline_.is_cut = true;
        return;
      }
      const bool is_repeated = is_seen_[step.node] && !out_[step.node].empty();
      const bool was_seen = is_seen_[step.node];
      is_seen_[step.node] = true;
      outline_.lines.push_back({step.depth, text_of(step), is_repeated});
      if (!was_seen) {
        for (auto edge = out_[step.node].rbegin(); edge != out_[step.node].rend(); ++edge) {
          open.push_back({(*edge)->to, step.depth + 1, *edge});
        }
      }
    }
  }

  [[nodiscard]] std::string
  text_of(const Step& step) const
  {
    const Graph::Node& node = graph_.nodes[step.node];
    const std::string mark = node.mark == Standing::plain ? "" : fmt::format(" [{}]", name_of(node.mark));
    const std::string edge = step.edge == nullptr || step.edge->label.empty() ? "" : step.edge->label + " -> ";
    return edge + node.label + mark;
  }

  const Graph& graph_;
  std::size_t most_;
  std::vector<std::vector<const Graph::Edge*>> out_;
  std::vector<bool> is_seen_;
  Outline outline_;
};

}  // namespace

Outline
outline_of(const Graph& graph, std::size_t most)
{
  return OutlineWalk(graph, most).run();
}

Table
table_of(const Graph& graph)
{
  const auto label = [&graph](std::size_t index) {
    const Graph::Node& node = graph.nodes[index];
    return node.label + (node.mark == Standing::plain ? "" : fmt::format(" ({})", name_of(node.mark)));
  };
  Table table{{"From", "Edge", "To"}, {}};
  for (const Graph::Edge& edge : graph.edges) {
    if (edge.from < graph.nodes.size() && edge.to < graph.nodes.size()) {
      table.rows.push_back({label(edge.from), edge.label, label(edge.to)});
    }
  }
  if (table.rows.empty()) {
    table.columns = {"Node"};
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      table.rows.push_back({label(i)});
    }
  }
  return table;
}

Table
table_of(const Timeline& timeline)
{
  const bool has_lengths = std::any_of(timeline.events.begin(), timeline.events.end(),
                                       [](const Timeline::Event& event) { return event.end > event.begin; });
  Table table{{"Begin", "Length", "Event", "State"}, {}};
  for (const Timeline::Event& event : timeline.events) {
    table.rows.push_back({time_text(event.begin), length_text(event), event.label,
                          event.mark == Standing::plain ? "" : std::string(name_of(event.mark))});
  }
  if (!has_lengths) {
    table.columns = {"Time", "Event", "State"};
    for (std::vector<std::string>& row : table.rows) {
      row.erase(row.begin() + 1);
    }
  }
  return table;
}

std::string
time_text(std::chrono::sys_seconds time)
{
  const std::string text = replace_all(rfc3339(time), "T", " ");
  return replace_all(text, "Z", " UTC");
}

std::string
length_text(const Timeline::Event& event)
{
  constexpr std::array<std::pair<std::int64_t, std::string_view>, 4> units{
      {{86'400, "d"}, {3'600, "h"}, {60, "min"}, {1, "s"}}};
  std::int64_t seconds = (event.end - event.begin).count();
  std::string text;
  std::size_t told = 0;
  for (const auto& [size, name] : units) {
    if (seconds >= size && told < 2) {
      text += fmt::format("{}{} {}", text.empty() ? "" : " ", seconds / size, name);
      seconds %= size;
      ++told;
    } else if (told == 1) {
      break;
    }
  }
  return text;
}

std::string
span_text(const Timeline::Event& event)
{
  const std::string length = length_text(event);
  return time_text(event.begin) + (length.empty() ? "" : ", " + length);
}

}  // namespace sluice::output
