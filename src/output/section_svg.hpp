// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sluice::output {

/// The graph as an inline SVG that the page's style sheet colours; nothing where it is empty or too large. `title_id`
/// names the element that describes it.
[[nodiscard]] std::optional<std::string> svg_of(const Graph& graph, std::string_view title_id);
/// The timeline likewise, as wide as the page.
[[nodiscard]] std::optional<std::string> svg_of(const Timeline& timeline, std::string_view title_id);

}  // namespace sluice::output
