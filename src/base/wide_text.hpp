// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// Whether eight characters of ASCII in a row are written in two or four bytes each somewhere.
[[nodiscard]] bool has_wide_text(std::string_view bytes);

/// The bytes with what is UTF-16 or UTF-32 among them as UTF-8: a whole text (its byte order mark is dropped), or a
/// piece of at least eight characters of ASCII in a row and what follows it. All other bytes stay as they are. Nothing
/// if there is no such piece. A text without a NUL costs one memchr(); the result has at most three bytes for every
/// two.
[[nodiscard]] std::optional<std::string> with_wide_text_narrowed(std::string_view bytes);

}  // namespace sluice
