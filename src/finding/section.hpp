// SPDX-License-Identifier: Apache-2.0
//
// What a report shows beside findings, such as the locks that a deployment takes. A gate could render that itself, as
// text for one format and a picture for another; then each gate would know every format, escape for it, and be wrong in
// one of them. Three shapes say all of it so far, and each sink renders each shape once.
//
// A shape is data without looks: no colours, widths or coordinates. What a format cannot draw it writes as a table.
#pragma once

#include "base/enum_names.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace sluice {

/// How a node of a graph or an event of a timeline fares; decides its colour.
enum class Standing { plain, good, warning, bad };

template<> struct EnumNames<Standing>
{
  static constexpr std::array<std::string_view, 4> names{"plain", "good", "warning", "bad"};
};

/// Rows of texts; every row has as many cells as there are columns.
struct Table
{
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

/// Nodes and directed edges: dependency paths, stages of a promotion. Cycles are allowed.
struct Graph
{
  struct Node
  {
    std::string label;
    Standing mark = Standing::plain;
  };
  struct Edge
  {
    std::size_t from = 0, to = 0;  ///< indices into `nodes`
    std::string label;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

/// Events and spans in the order of their beginning: when a secret came and went, how long a lock is held.
struct Timeline
{
  /// A commit may claim to be of any time; what lies between these every format can tell and every reader takes.
  static constexpr std::chrono::sys_seconds earliest{};
  static constexpr std::chrono::sys_seconds latest = std::chrono::sys_days(std::chrono::year(2199) / 12 / 31);

  struct Event
  {
    std::chrono::sys_seconds begin;
    std::chrono::sys_seconds end;  ///< equal to `begin` for an event without a length
    std::string label;
    Standing mark = Standing::plain;
  };
  std::vector<Event> events;
};

/// Something of a report that is neither a finding nor a gap. All texts may quote untrusted content.
struct Section
{
  std::string title;  ///< a few words
  std::string note;   ///< a sentence below the title; may be empty
  std::variant<Table, Graph, Timeline> content;
};

}  // namespace sluice
