// SPDX-License-Identifier: Apache-2.0
//
// Texts of others in a Markdown file that somebody opens on a platform, pastes into an issue or renders with a program
// of their own. All of them stand between backticks, in `<code>` or in `<pre>`, where platforms look for no mentions,
// numbers or commands; what could mean something goes into the latter two, and is an entity there, so that none of them
// ends before its end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::promote {

/// On one line, also for the cell of a table. Nothing of nothing.
[[nodiscard]] std::string markdown_code(std::string_view untrusted, std::size_t max_bytes = 1024);

/// A block of lines, with no blank line before or behind it.
[[nodiscard]] std::string markdown_block(std::string_view untrusted, std::size_t max_bytes = 8192);

/// A link if it is a plain address of the web or of mail, else as markdown_code().
[[nodiscard]] std::string markdown_link(std::string_view address);

}  // namespace sluice::promote
