// SPDX-License-Identifier: Apache-2.0
//
// The parts of JSON that are looked at one by one: numbers, texts with escapes, and why a document is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// RFC 8259, section 6.
[[nodiscard]] bool is_json_number(std::string_view text);

/// What is between the quotes, its escapes replaced; nothing if one is wrong.
[[nodiscard]] std::optional<std::string> json_unescaped(std::string_view rest);

enum class JsonError {
  none,
  grammar,
  text,  ///< a character or an escape that no text may have
  unclosed,
  empty,
  encoding,
  depth,
  size,
};

/// What is wrong with all of a document, whatever its grammar is: a quote that nothing closes is met far behind its
/// line.
[[nodiscard]] JsonError json_error_of_bytes(std::string_view text);

/// A clause for somebody who looks at the line.
[[nodiscard]] std::string words_of(JsonError error);

}  // namespace sluice
