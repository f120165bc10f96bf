// SPDX-License-Identifier: Apache-2.0
//
// The scalars of YAML 1.2.2, chapter 7.3 and 8.1, as far as they can be read without anchors and tags.
#pragma once

#include "data/data.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::yaml {

/// What ends a reading: the text is wrong at `line`, or right and beyond what the quick reader knows.
struct Stop
{
  enum class Kind { defect, beyond } kind = Kind::defect;
  std::uint32_t line = 0;
  std::string what;
};

/// A place in a text, with its line.
class Cursor
{
public:
  explicit Cursor(std::string_view text, std::uint32_t line = 1)
      : text_(text),
        line_(line)
  {}

  [[nodiscard]] bool
  at_end() const
  {
    return at_ >= text_.size();
  }
  /// The character `ahead` of the place; NUL behind the end.
  [[nodiscard]] char
  peek(std::size_t ahead = 0) const
  {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::uint32_t
  line() const
  {
    return line_;
  }
  [[nodiscard]] std::size_t
  offset() const
  {
    return at_;
  }
  /// Bytes up to the end of the text.
  [[nodiscard]] std::size_t
  remaining() const
  {
    return text_.size() - std::min(at_, text_.size());
  }
  /// Columns from the beginning of the line, from 0.
  [[nodiscard]] std::size_t
  column() const
  {
    return at_ - line_begin_;
  }
  [[nodiscard]] std::string_view
  between(std::size_t begin, std::size_t end) const
  {
    return text_.substr(begin, end - begin);
  }
  /// The rest of the line, without its end.
  [[nodiscard]] std::string_view rest_of_line() const;
  /// Within the line.
  void
  advance(std::size_t characters)
  {
    at_ += characters;
  }
  /// To the beginning of the next line.
  void next_line();
  void
  skip_blanks()
  {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      ++at_;
    }
  }
  /// From the beginning of a line to that of the next one that holds more than blanks and a comment, or to the end.
  void
  skip_to_content()
  {
    while (!at_end() && is_rest_empty()) {
      next_line();
    }
  }
  /// Whether there is nothing but blanks and a comment up to the end of the line.
  [[nodiscard]] bool
  is_rest_empty() const
  {
    // Most lines begin with what is neither.
    const char next = peek();
    return next == '\n' || (next <= '#' && is_rest_empty_behind_blanks());
  }
  /// How many spaces the line at whose beginning the cursor stands has in front.
  [[nodiscard]] std::size_t
  indent() const
  {
    std::size_t content = at_;
    while (content < text_.size() && text_[content] == ' ') {
      ++content;
    }
    return content - at_;
  }
  /// Whether a document ends here: the end of the text, or --- or ... at the beginning of a line.
  [[nodiscard]] bool is_document_end() const;

private:
  [[nodiscard]] bool is_rest_empty_behind_blanks() const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
  mutable std::size_t line_end_ = std::string_view::npos;  ///< of the line with the cursor, once it was looked for
};

/// Reads a quoted scalar, whose opening quote is next, to behind its closing one.
[[nodiscard]] tl::expected<std::string_view, Stop> read_quoted(Cursor& cursor, DataBuilder& builder);

/// Reads a block scalar, whose | or > is next, to the line behind it. `parent` is the indentation of what it belongs
/// to; -1 at the top.
[[nodiscard]] tl::expected<std::string_view, Stop> read_block(Cursor& cursor, std::ptrdiff_t parent,
                                                              DataBuilder& builder);

/// What a plain scalar is in the core schema (chapter 10.3.2).
[[nodiscard]] Data::Kind kind_of_plain(std::string_view text);

/// Where a plain scalar of one line ends: before a comment, `: `, and within a flow collection before , [ ] { }.
enum class Within { block, flow };
[[nodiscard]] std::size_t length_of_plain(std::string_view line, Within within);

/// Whether the cursor stands at this indicator with a blank or the end of the line behind it.
[[nodiscard]] inline bool
is_indicator(const Cursor& cursor, char indicator)
{
  const char behind = cursor.peek(1);
  return cursor.peek() == indicator
         && (behind == ' ' || behind == '\t' || behind == '\n' || behind == '\r' || behind == '\0');
}

/// What an anchor, an alias, a tag or a flow collection begins with.
[[nodiscard]] constexpr bool
is_special(char character)
{
  return character == '&' || character == '*' || character == '!' || character == '[' || character == '{';
}

/// Whether a plain scalar can begin at the cursor (chapter 7.3.3).
[[nodiscard]] bool may_begin_plain(const Cursor& cursor);

}  // namespace sluice::yaml
