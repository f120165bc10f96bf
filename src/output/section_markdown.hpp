// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"

#include <cstddef>
#include <string>

namespace sluice::output {

/// Title, note and content in Markdown: a table as a table, a graph or a timeline as a Mermaid diagram, or as a table
/// where it is too large for one. At most `bytes` long: rows that do not fit are counted, not shown.
[[nodiscard]] std::string markdown_section(const Section& section, std::size_t bytes);

}  // namespace sluice::output
