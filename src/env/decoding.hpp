// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::env {

/// Bytes as a program has them that decodes UTF-8 without minding faults: each longest beginning of a character that is
/// not completed becomes one U+FFFD (Encoding Standard, "UTF-8 decoder").
[[nodiscard]] std::string with_replacements(std::string_view bytes);

/// The same with `mark` in place of U+FFFD.
[[nodiscard]] std::string with_replacements(std::string_view bytes, std::string_view mark);

/// CR LF and CR as LF.
[[nodiscard]] std::string with_line_feeds(std::string_view text);

/// Both, as JavaScript's readers do it.
[[nodiscard]] std::string as_javascript_text(std::string_view bytes);

/// The byte order mark of UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace sluice::env
