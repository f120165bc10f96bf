// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// What several formats make of a section: words instead of pictures.
namespace sluice::output {

struct OutlineLine
{
  std::size_t depth;
  std::string text;          ///< the node's label, behind the edge's and an arrow; untrusted
  bool is_repeated = false;  ///< what is below it stands further up
};

struct Outline
{
  std::vector<OutlineLine> lines;
  bool is_cut = false;
};

/// The graph as an indented list of at most `most` lines: nodes that no edge leads to first, then what is left because
/// it lies on cycles. Edges to nodes that do not exist are left out.
[[nodiscard]] Outline outline_of(const Graph& graph, std::size_t most);

/// Columns From, Edge and To, or Node where there are no edges, with marks in words.
[[nodiscard]] Table table_of(const Graph& graph);
/// Columns Begin, Length, Event and State.
[[nodiscard]] Table table_of(const Timeline& timeline);

/// "2026-01-02 03:04:05 UTC", and ", 12 s" or ", 3 d 4 h" if it takes time.
[[nodiscard]] std::string span_text(const Timeline::Event& event);
/// "12 s", "3 d 4 h": the two greatest units; empty if there is no time between the two.
[[nodiscard]] std::string length_text(const Timeline::Event& event);
[[nodiscard]] std::string time_text(std::chrono::sys_seconds time);

}  // namespace sluice::output
