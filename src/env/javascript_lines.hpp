// SPDX-License-Identifier: Apache-2.0
//
// motdotla/dotenv finds assignments with one regular expression, and dotenvx has it too (dotenv 18.0.10,
// dotenvx 2.38.2). Read as a program: white space, `export`, a key of [\w.-], `=` or `: `, then a text in quotes if
// nothing but space or a comment is behind its last fitting quote, else what is left of the line before a `#`. White
// space includes line ends, so a value may stand below its key. What the expression would try again never succeeds the
// second time, so that one pass is enough.
#pragma once

#include "base/span.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace sluice::env {

/// An assignment of a file.
struct JavaScriptAssignment
{
  Span key;
  Span value;  ///< quotes included, no space around it; empty where there is none
};

/// The next assignment from `at` on, which moves behind it; nothing at the end of the text.
[[nodiscard]] std::optional<JavaScriptAssignment> next_assignment(std::string_view text, std::size_t& at);

/// The value without its quotes, as `/^(['"`])([\s\S]*)\1$/mg` takes them: from the start of a line to the last end of
/// one. `value` is decoded text with LF.
[[nodiscard]] std::string without_quotes(std::string_view value);

}  // namespace sluice::env
