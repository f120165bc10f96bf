// SPDX-License-Identifier: Apache-2.0
//
// How dotenv files are written, where all readers read them alike: off unless it is asked for. What can be mended
// without changing what any of the twelve dialects makes of the file, `check --style --fix` mends.
#pragma once

#include "base/span.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// One line of a dotenv file as style sees it; a quoted value that goes on over several lines is one.
struct StyleLine
{
  enum class Kind { blank, comment, pair, other } kind = Kind::other;
  std::uint32_t number = 0;  ///< of its first line, from 1
  Span at;                   ///< in the text, with its newline
  std::string_view text;     ///< without its newline
  std::string_view key;      ///< of a pair, without `export` and blanks
  std::string_view told;     ///< of a pair, the key if it is a name that can be told, else words for it
  std::string_view value;    ///< of a pair, what follows the delimiter
  Span key_at, value_at;     ///< in the text
  bool has_delimiter = false;
};

/// The text must outlive them.
[[nodiscard]] std::vector<StyleLine> style_lines(std::string_view text);

/// A change of a text.
struct Edit
{
  Span at;
  std::string by;
};

/// Something that style has to say.
struct StyleFault
{
  std::uint32_t line = 0;
  std::string message;      ///< names keys and no values
  std::vector<Edit> edits;  ///< that mend it, apart from each other; empty: nobody can but a person
};

/// What each dialect makes of the text before and after is the same.
[[nodiscard]] bool is_read_alike(std::string_view before, std::string_view after);

/// The text with edits, which must not overlap.
[[nodiscard]] std::string edited(std::string_view text, std::vector<Edit> edits);

/// Of the edits of these faults those that no dialect notices, applied; nothing if there is none.
[[nodiscard]] std::optional<std::string> mended(std::string_view text, const std::vector<StyleFault>& faults);

}  // namespace sluice::env
