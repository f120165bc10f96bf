// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/groups.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// The parts of the HTML page. Every `<` of the page is one of ours: texts go through html_text().
namespace sluice::output {

/// Untrusted text for an element or an attribute, on one line.
[[nodiscard]] std::string html_text(std::string_view untrusted, std::size_t max_bytes = 2000);
/// Several lines, with a break between them.
[[nodiscard]] std::string html_lines(std::string_view untrusted, std::size_t max_bytes = 4000);
/// `<code>`, or nothing for no text.
[[nodiscard]] std::string html_code(std::string_view untrusted, std::size_t max_bytes = 1000);
[[nodiscard]] std::string html_place(const Location& where, const RunContext& context);
[[nodiscard]] std::string html_badge(Severity severity);

/// A landmark with a heading of level two. `id` is ours.
[[nodiscard]] std::string html_section(std::string_view id, std::string_view heading, std::string_view content);

/// `<p>and 12 more findings</p>`, or nothing.
[[nodiscard]] std::string html_more(std::size_t shown, std::size_t total, std::string_view what);

/// The group with all that fits into `bytes`; `number` makes its anchor, `rule-NUMBER`.
[[nodiscard]] std::string html_group(const Group& group, std::size_t number, std::size_t bytes);

/// A table, or a picture with its table folded below; `number` makes its ids. At most `bytes` long.
[[nodiscard]] std::string html_section_of(const Section& section, std::size_t number, std::size_t bytes);

/// The style sheet; the only thing of the page that its policy lets a browser apply.
[[nodiscard]] std::string_view html_style();

}  // namespace sluice::output
