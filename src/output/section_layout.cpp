// SPDX-License-Identifier: Apache-2.0
//
// A drawing in layers after Sugiyama, Tagawa and Toda (1981), in its simplest form: edges that close a cycle are turned
// round (found by a depth-first walk); a node's layer is its longest path from above; edges over several layers get a
// point in each of them; some sweeps move every node to the mean of its neighbours in the layer before, which undoes
// most crossings. A graph comes from a report, so all is bounded: beyond a size that a person can look at there is no
// drawing, and the callers have a table.
#include "output/section_layout.hpp"

#include <algorithm>
#include <numeric>

namespace sluice::output {

namespace {

constexpr std::size_t most_nodes = 80;
constexpr std::size_t most_edges = 160;
constexpr std::size_t most_vertices = 800;
constexpr std::size_t sweeps = 6;
constexpr double margin = 12;
constexpr double gap = 18;
constexpr double layer_height = 78;
constexpr double bend_width = 10;

class Layering
{
public:
  Layering(const Graph& graph, std::span<const double> widths)
      : graph_(graph),
        layer_(graph.nodes.size()),
        widths_(widths.begin(), widths.end())
  {}

  std::optional<GraphLayout>
  run() &&
  {
    turn_cycles();
    assign_layers();
    if (!add_bends()) {
      return std::nullopt;
    }
    order_layers();
    return placed();
  }

private:
  /// An edge from an upper to a lower node, with what it passes in between.
  struct Chain
  {
    std::size_t edge;
    std::vector<std::size_t> vertices;  ///< first and last are nodes
    bool goes_back = false;
  };

  void
  turn_cycles()
  {
    const std::size_t count = graph_.nodes.size();
    std::vector<std::vector<std::size_t>> out(count);
    for (std::size_t i = 0; i < graph_.edges.size(); ++i) {
      const Graph::Edge& edge = graph_.edges[i];
      if (edge.from < count && edge.to < count && edge.from != edge.to) {
        out[edge.from].push_back(i);
      }
    }
    enum class State { unseen, open, done };
    std::vector<State> state(count, State::unseen);
    std::vector<std::size_t> next(count);
    for (std::size_t root = 0; root < count; ++root) {
      std::vector<std::size_t> path;
      if (state[root] == State::unseen) {
        path.push_back(root);
        state[root] = State::open;
      }
      while (!path.empty()) {
        const std::size_t node = path.back();
        if (next[node] == out[node].size()) {
          state[node] = State::done;
          path.pop_back();
          continue;
        }
        const std::size_t edge = out[node][next[node]++];
        const std::size_t to = graph_.edges[edge].to;
        const bool goes_back = state[to] == State::open;
        chains_.push_back({edge, goes_back ? std::vector{to, node} : std::vector{node, to}, goes_back});
        if (state[to] == State::unseen) {
          state[to] = State::open;
          path.push_back(to);
        }
      }
    }
  }

  /// Longest paths: without cycles they are stable after as many rounds as there are nodes.
  void
  assign_layers()
  {
    bool has_changed = true;
    for (std::size_t round = 0; has_changed && round < graph_.nodes.size(); ++round) {
      has_changed = false;
      for (const Chain& chain : chains_) {
        const std::size_t least = layer_[chain.vertices.front()] + 1;
        if (layer_[chain.vertices.back()] < least) {
          layer_[chain.vertices.back()] = least;
          has_changed = true;
        }
      }
    }
  }

  bool
  add_bends()
  {
    for (Chain& chain : chains_) {
      const std::size_t first = chain.vertices.front();
      const std::size_t last = chain.vertices.back();
      chain.vertices = {first};
      for (std::size_t layer = layer_[first] + 1; layer < layer_[last]; ++layer) {
        chain.vertices.push_back(layer_.size());
        layer_.push_back(layer);
        widths_.push_back(bend_width);
      }
      chain.vertices.push_back(last);
      if (layer_.size() > most_vertices) {
        return false;
      }
    }
    return true;
  }

  void
  order_layers()
  {
    layers_.resize(*std::max_element(layer_.begin(), layer_.end()) + 1);
    for (std::size_t vertex = 0; vertex < layer_.size(); ++vertex) {
      layers_[layer_[vertex]].push_back(vertex);
    }
    above_.resize(layer_.size());
    below_.resize(layer_.size());
    for (const Chain& chain : chains_) {
      for (std::size_t i = 1; i < chain.vertices.size(); ++i) {
        above_[chain.vertices[i]].push_back(chain.vertices[i - 1]);
        below_[chain.vertices[i - 1]].push_back(chain.vertices[i]);
      }
    }
    rank_.resize(layer_.size());
    for (const auto& layer : layers_) {
      rank(layer);
    }
    for (std::size_t sweep = 0; sweep < sweeps; ++sweep) {
      const bool is_downwards = sweep % 2 == 0;
      for (std::size_t i = 0; i < layers_.size(); ++i) {
        sort_by_mean(layers_[is_downwards ? i : layers_.size() - 1 - i], is_downwards ? above_ : below_);
      }
    }
  }

  void
  rank(const std::vector<std::size_t>& layer)
  {
    for (std::size_t i = 0; i < layer.size(); ++i) {
      rank_[layer[i]] = static_cast<double>(i);
    }
  }

  void
  sort_by_mean(std::vector<std::size_t>& layer, const std::vector<std::vector<std::size_t>>& neighbours)
  {
    std::vector<std::pair<double, std::size_t>> keyed;
    for (const std::size_t vertex : layer) {
      const auto& near = neighbours[vertex];
      const double sum = std::accumulate(near.begin(), near.end(), 0.0,
                                         [this](double total, std::size_t each) { return total + rank_[each]; });
      keyed.emplace_back(near.empty() ? rank_[vertex] : sum / static_cast<double>(near.size()), vertex);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(keyed.begin(), keyed.end(), layer.begin(), [](const auto& each) { return each.second; });
    rank(layer);
  }

  [[nodiscard]] double
  width_of(const std::vector<std::size_t>& layer) const
  {
    double width = gap * static_cast<double>(layer.size() - 1);
    for (const std::size_t vertex : layer) {
      width += widths_[vertex];
    }
    return width;
  }

  GraphLayout
  placed()
  {
    GraphLayout layout;
    for (const auto& layer : layers_) {
      layout.width = std::max(layout.width, width_of(layer) + 2 * margin);
    }
    layout.height = 2 * margin + node_height + layer_height * static_cast<double>(layers_.size() - 1);
    std::vector<Point> centres(layer_.size());
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      double x = (layout.width - width_of(layers_[i])) / 2;
      for (const std::size_t vertex : layers_[i]) {
        centres[vertex] = {x + widths_[vertex] / 2, margin + node_height / 2 + layer_height * static_cast<double>(i)};
        x += widths_[vertex] + gap;
      }
    }
    for (const Chain& chain : chains_) {
      layout.routes.push_back(route_of(chain, centres));
    }
    layout.centres.assign(centres.begin(), centres.begin() + static_cast<std::ptrdiff_t>(graph_.nodes.size()));
    return layout;
  }

  static GraphLayout::Route
  route_of(const Chain& chain, const std::vector<Point>& centres)
  {
    GraphLayout::Route route{chain.edge, {}, chain.goes_back};
    for (const std::size_t vertex : chain.vertices) {
      route.points.push_back(centres[vertex]);
    }
    // The way back between two neighbours must not lie on the way there.
    const double aside = chain.goes_back ? bend_width : 0;
    for (Point& point : route.points) {
      point.x += aside;
    }
    route.points.front().y += node_height / 2;
    route.points.back().y -= node_height / 2;
    if (chain.goes_back) {
      std::reverse(route.points.begin(), route.points.end());
    }
    return route;
  }

  const Graph& graph_;
  std::vector<std::size_t> layer_;  ///< of nodes and, behind them, of bends
  std::vector<double> widths_;
  std::vector<Chain> chains_;
  std::vector<std::vector<std::size_t>> layers_;
  std::vector<std::vector<std::size_t>> above_;
  std::vector<std::vector<std::size_t>> below_;
  std::vector<double> rank_;
};

}  // namespace

std::optional<GraphLayout>
layout_of(const Graph& graph, std::span<const double> widths)
{
  const bool fits = graph.nodes.size() <= most_nodes && graph.edges.size() <= most_edges;
  if (graph.nodes.empty() || !fits || widths.size() != graph.nodes.size()) {
    return std::nullopt;
  }
  return Layering(graph, widths).run();
}

}  // namespace sluice::output
