// SPDX-License-Identifier: Apache-2.0
#include "deps/extra_graph.hpp"

#include <algorithm>

namespace sluice::deps {

ExtraGraph::Node
ExtraGraph::add(PackageId owner, Kind kind)
{
  points_.push_back({owner, kind});
  return static_cast<Node>(points_.size() - 1);
}

void
ExtraGraph::seed(Node node, Scope scope)
{
  seeds_.emplace_back(node, scope);
}

void
ExtraGraph::edge(Node from, Node to, Scope scope, std::string_view range)
{
  if (edges_.size() < max_edges_) {
    edges_.push_back({from, to, scope, range});
  } else {
    lacks_edges_ = true;
  }
}

// A list of its own, in which every node is a package, draws the conclusions as for packages.
void
ExtraGraph::tell(PackageList& list) const
{
  PackageList nodes;
  nodes.max_needs = edges_.size() + seeds_.size();
  for (std::size_t i = 0; i < points_.size(); ++i) {
    nodes.add({.scope = Scope::dev});
  }
  const PackageId outside = nodes.add({.part = Part::root});
  for (const auto& [node, scope] : seeds_) {
    nodes.need(outside, node, scope);
  }
  for (const Edge& edge : edges_) {
    nodes.need(edge.from, edge.to, edge.scope);
  }
  nodes.settle();
  if (lacks_edges_) {
    list.leave_needs_out();
  }
  for (const Edge& edge : edges_) {
    const Point& from = points_[edge.from];
    const Point& to = points_[edge.to];
    if (to.kind == Kind::package && from.owner != to.owner) {
      const Scope asked = from.kind == Kind::extra ? nodes.at(edge.from).scope : Scope::runtime;
      list.need(from.owner, to.owner, std::max(edge.scope, asked), edge.range);
    }
  }
}

}  // namespace sluice::deps
