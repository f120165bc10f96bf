// SPDX-License-Identifier: Apache-2.0
//
// Needs of packages with extras. "a[x]" needs what a needs and what its extra x needs; whether x counts at all, and for
// what, depends on who asks for it. So an extra is a node of its own: it is walked first, and what it needs is then
// told to the list as a need of its package, no better than the best way by which the extra is asked for.
#pragma once

#include "deps/package.hpp"

#include <string_view>
#include <vector>

namespace sluice::deps {

class ExtraGraph
{
public:
  using Node = std::uint32_t;

  /// The package itself, or an extra of it.
  enum class Kind : std::uint8_t { package, extra };

  /// What is more than `max_edges` is left out, which is a gap of the list that is told.
  explicit ExtraGraph(std::size_t max_edges)
      : max_edges_(max_edges)
  {}

  Node add(PackageId owner, Kind kind);
  /// The node is asked for from outside: a root or member, or an extra of one.
  void seed(Node node, Scope scope);
  void edge(Node from, Node to, Scope scope = Scope::runtime, std::string_view range = {});
  /// Tells the list all needs between packages.
  void tell(PackageList& list) const;

private:
  struct Point
  {
    PackageId owner;
    Kind kind;
  };
  struct Edge
  {
    Node from, to;
    Scope scope;
    std::string_view range;
  };

  std::size_t max_edges_;
  bool lacks_edges_ = false;
  std::vector<Point> points_;
  std::vector<Edge> edges_;
  std::vector<std::pair<Node, Scope>> seeds_;
};

}  // namespace sluice::deps
