// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace sluice::output {

struct Point
{
  double x = 0;
  double y = 0;
};

/// Where the parts of a graph go, in pixels; layers from the top to the bottom.
struct GraphLayout
{
  struct Route
  {
    std::size_t edge;           ///< index into the graph's edges
    std::vector<Point> points;  ///< from the border of the one node to that of the other, at least two
    bool goes_back = false;     ///< closes a cycle: it leads upwards
  };
  std::vector<Point> centres;  ///< of the nodes
  std::vector<Route> routes;   ///< edges from a node to itself and to none are left out
  double width = 0;
  double height = 0;
};

inline constexpr double node_height = 30;

/// Nothing if the graph is empty or too large to be looked at. `widths` are the nodes'.
[[nodiscard]] std::optional<GraphLayout> layout_of(const Graph& graph, std::span<const double> widths);

}  // namespace sluice::output
