// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"

#include <optional>
#include <string>

namespace sluice::output {

/// The graph as a Mermaid flowchart, without its fence; nothing if it is empty or so large that GitHub or GitLab would
/// not draw it or nobody could read it.
[[nodiscard]] std::optional<std::string> mermaid_of(const Graph& graph);
/// The timeline as a Mermaid Gantt chart, likewise.
[[nodiscard]] std::optional<std::string> mermaid_of(const Timeline& timeline);

}  // namespace sluice::output
