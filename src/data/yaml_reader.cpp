// SPDX-License-Identifier: Apache-2.0
#include "data/yaml_reader.hpp"

#include "data/yaml_flow.hpp"

#include <fmt/format.h>

#include <utility>

namespace sluice::yaml {

namespace {

class YamlReader
{
public:
  YamlReader(Cursor& cursor, DataBuilder& builder)
      : cursor_(cursor),
        builder_(builder)
  {}

  /// Reads up to the end of the document. The cursor stands at the beginning of a line, or behind "--- ".
  std::optional<Stop>
  run()
  {
    if (!read_all() && !stop_) {
      defect("something is where nothing can be");
    }
    return std::move(stop_);
  }

private:
  bool
  read_all()
  {
    cursor_.skip_to_content();
    if (cursor_.is_document_end()) {
      builder_.scalar(Data::Kind::null, {}, cursor_.line());
      return true;
    }
    if (!read_block_node(-1)) {
      return false;
    }
    cursor_.skip_to_content();
    return cursor_.is_document_end();
  }

  bool
  defect(std::string what)
  {
    stop_ = Stop{Stop::Kind::defect, cursor_.line(), std::move(what)};
    return false;
  }
  bool
  beyond()
  {
    stop_ = Stop{Stop::Kind::beyond, cursor_.line(), {}};
    return false;
  }
  bool
  tab()
  {
    return defect("a tab is not an indentation");
  }
  bool
  begin(Data::Kind kind)
  {
    return builder_.begin(kind, cursor_.line())
           || defect(fmt::format("nested more than {} levels deep", Data::max_depth));
  }

  /// Whether what is next on this line is a key: a scalar with a colon behind it. Notes how long the scalar is.
  [[nodiscard]] bool
  is_key_next()
  {
    const std::string_view rest = cursor_.rest_of_line();
    if (rest.empty()) {
      return false;
    }
    std::size_t end = 0;
    if (rest.front() == '"' || rest.front() == '\'') {
      end = end_of_quoted(rest);
    } else {
      end = length_of_plain(rest, Within::block);
    }
    key_length_ = end;
    std::size_t colon = end == 0 ? rest.size() : end;
    while (colon < rest.size() && (rest[colon] == ' ' || rest[colon] == '\t')) {
      ++colon;
    }
    return colon < rest.size() && rest[colon] == ':'
           && (colon + 1 == rest.size() || rest[colon + 1] == ' ' || rest[colon + 1] == '\t');
  }

  /// Behind the closing quote of a text on one line; 0 if it does not close there.
  [[nodiscard]] static std::size_t
  end_of_quoted(std::string_view line)
  {
    const char quote = line.front();
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (line[i] == '\\' && quote == '"') {
        ++i;
      } else if (line[i] == quote && quote == '\'' && i + 1 < line.size() && line[i + 1] == '\'') {
        ++i;
      } else if (line[i] == quote) {
        return i + 1;
      }
    }
    return 0;
  }

  /// A node on lines of its own, indented more than `parent`; the cursor stands at the beginning of its first line.
  bool
  read_block_node(std::ptrdiff_t parent)
  {
    const std::size_t indent = cursor_.column() == 0 ? cursor_.indent() : cursor_.column();
    if (static_cast<std::ptrdiff_t>(indent) <= parent) {
      return false;
    }
    if (cursor_.column() == 0) {
      cursor_.advance(indent);
    }
    return read_node_here(parent);
  }

  /// A node that begins at the cursor, in the middle of a line ("- a: 1") or at its first character.
  bool
  read_node_here(std::ptrdiff_t parent)
  {
    if (cursor_.peek() == '\t') {
      return tab();
    }
    if (is_indicator(cursor_, '-')) {
      return read_sequence(cursor_.column());
    }
    if (is_indicator(cursor_, '?')) {
      return beyond();
    }
    if (is_key_next()) {
      return read_mapping(cursor_.column());
    }
    return read_inline(parent);
  }

  bool
  read_mapping(std::size_t indent)
  {
    if (!begin(Data::Kind::table)) {
      return false;
    }
    while (true) {
      if (!read_member(indent)) {
        return false;
      }
      cursor_.skip_to_content();
      if (cursor_.is_document_end() || cursor_.indent() < indent) {
        break;
      }
      if (cursor_.indent() > indent) {
        return defect("a line is indented more than the one that it belongs to");
      }
      cursor_.advance(indent);
      if (cursor_.peek() == '\t') {
        return tab();
      }
      if (is_indicator(cursor_, '?')) {
        return beyond();
      }
      if (!is_key_next()) {
        return is_special(cursor_.peek()) ? beyond() : defect("a key is expected");
      }
    }
    builder_.end();
    return true;
  }

  bool
  read_member(std::size_t indent)
  {
    const std::uint32_t line = cursor_.line();
    std::string_view key;
    if (!read_key(key)) {
      return false;
    }
    builder_.key(key, line);
    cursor_.skip_blanks();
    if (!cursor_.is_rest_empty()) {
      return read_inline(static_cast<std::ptrdiff_t>(indent));
    }
    cursor_.next_line();
    cursor_.skip_to_content();
    if (cursor_.is_document_end()) {
      builder_.scalar(Data::Kind::null, {}, line);
      return true;
    }
    const std::size_t next = cursor_.indent();
    if (next == indent) {
      // A list may stand as far left as the key that it belongs to.
      Cursor ahead = cursor_;
      ahead.advance(next);
      if (ahead.peek() == '-'
          && (ahead.peek(1) == ' ' || ahead.is_rest_empty() || ahead.peek(1) == '\n' || ahead.peek(1) == '\r')) {
        cursor_ = ahead;
        return read_sequence(next);
      }
    }
    if (next <= indent) {
      builder_.scalar(Data::Kind::null, {}, line);
      return true;
    }
    return read_block_node(static_cast<std::ptrdiff_t>(indent));
  }

  /// Reads a key and its colon; `is_key_next` was asked.
  bool
  read_key(std::string_view& key)
  {
    if (cursor_.peek() == '"' || cursor_.peek() == '\'') {
      auto text = yaml::read_quoted(cursor_, builder_);
      if (!text) {
        stop_ = std::move(text).error();
        return false;
      }
      key = *text;
    } else {
      if (is_special(cursor_.peek())) {
        return beyond();
      }
      if (!may_begin_plain(cursor_)) {
        return defect("a key begins with a character that none can begin with");
      }
      key = cursor_.rest_of_line().substr(0, key_length_);
      if (key == "<<") {
        return beyond();
      }
      cursor_.advance(key.size());
    }
    cursor_.skip_blanks();
    cursor_.advance(1);
    return true;
  }

  bool
  read_sequence(std::size_t indent)
  {
    if (!begin(Data::Kind::list)) {
      return false;
    }
    while (true) {
      if (!read_item(indent)) {
        return false;
      }
      cursor_.skip_to_content();
      if (cursor_.is_document_end() || cursor_.indent() < indent) {
        break;
      }
      if (cursor_.indent() > indent) {
        return defect("a line is indented more than the one that it belongs to");
      }
      Cursor ahead = cursor_;
      ahead.advance(indent);
      std::swap(cursor_, ahead);
      if (!is_indicator(cursor_, '-')) {
        // The mapping that has the list as a value goes on.
        std::swap(cursor_, ahead);
        break;
      }
    }
    builder_.end();
    return true;
  }

  bool
  read_item(std::size_t indent)
  {
    const std::uint32_t line = cursor_.line();
    cursor_.advance(1);
    cursor_.skip_blanks();
    if (!cursor_.is_rest_empty()) {
      return read_node_here(static_cast<std::ptrdiff_t>(indent));
    }
    cursor_.next_line();
    cursor_.skip_to_content();
    if (cursor_.is_document_end() || cursor_.indent() <= indent) {
      builder_.scalar(Data::Kind::null, {}, line);
      return true;
    }
    return read_block_node(static_cast<std::ptrdiff_t>(indent));
  }

  /// A scalar or flow collection that begins at the cursor, to the beginning of the line behind it.
  bool
  read_inline(std::ptrdiff_t parent)
  {
    const char first = cursor_.peek();
    if (first == '|' || first == '>') {
      const std::uint32_t line = cursor_.line();
      auto text = read_block(cursor_, parent, builder_);
      if (!text) {
        stop_ = std::move(text).error();
        return false;
      }
      builder_.scalar(Data::Kind::text, *text, line);
      return true;
    }
    if (first == '{' || first == '[') {
      if (auto stop = read_flow(cursor_, builder_)) {
        stop_ = std::move(stop);
        return false;
      }
      return end_line();
    }
    if (first == '"' || first == '\'') {
      return read_quoted() && end_line();
    }
    if (first == '&' || first == '*' || first == '!') {
      return beyond();
    }
    if (!may_begin_plain(cursor_)) {
      return defect("a text begins with a character that none can begin with");
    }
    return read_plain(parent);
  }

  bool
  end_line()
  {
    if (!cursor_.is_rest_empty()) {
      return defect("something follows a value");
    }
    cursor_.next_line();
    return true;
  }

  bool
  read_quoted()
  {
    const std::uint32_t line = cursor_.line();
    auto text = yaml::read_quoted(cursor_, builder_);
    if (!text) {
      stop_ = std::move(text).error();
      return false;
    }
    builder_.scalar(Data::Kind::text, *text, line);
    return true;
  }

  /// A plain scalar, perhaps of several lines: each line that is indented more than the parent goes on with it.
  bool
  read_plain(std::ptrdiff_t parent)
  {
    const std::uint32_t line = cursor_.line();
    std::string_view rest = cursor_.rest_of_line();
    std::string_view text = rest.substr(0, length_of_plain(rest, Within::block));
    if (!ends_plainly(rest, text.size())) {
      return defect("a key is where none can be");
    }
    const bool has_comment = text.size() < rest.find_last_not_of(" \t\r") + 1;
    cursor_.next_line();
    std::string folded;
    while (!has_comment && may_go_on(parent)) {
      Cursor ahead = cursor_;
      std::size_t empty = 0;
      while (!ahead.at_end() && ahead.rest_of_line().find_first_not_of(" \t") == std::string_view::npos) {
        ahead.next_line();
        ++empty;
      }
      const bool goes_on =
          !ahead.is_document_end() && static_cast<std::ptrdiff_t>(ahead.indent()) > parent && !ahead.is_rest_empty();
      if (!goes_on) {
        break;
      }
      ahead.skip_blanks();
      rest = ahead.rest_of_line();
      const std::string_view more = rest.substr(0, length_of_plain(rest, Within::block));
      if (!ends_plainly(rest, more.size())) {
        cursor_ = ahead;
        return defect("a key is where none can be");
      }
      if (folded.empty()) {
        folded = text;
      }
      folded.append(empty == 0 ? 1 : empty, empty == 0 ? ' ' : '\n').append(more);
      const bool ends = more.size() < rest.find_last_not_of(" \t\r") + 1;
      ahead.next_line();
      cursor_ = ahead;
      if (ends) {
        break;
      }
    }
    if (!folded.empty()) {
      text = builder_.keep(std::move(folded));
    }
    builder_.scalar(kind_of_plain(text), text, line);
    return true;
  }

  /// False: the line that begins at the cursor has content where what belongs to `parent` has none, as nearly all do.
  [[nodiscard]] bool
  may_go_on(std::ptrdiff_t parent) const
  {
    const std::size_t indent = cursor_.indent();
    return static_cast<std::ptrdiff_t>(indent) > parent || cursor_.peek(indent) <= '#';
  }

  /// Whether behind a plain scalar there is nothing but a comment.
  [[nodiscard]] static bool
  ends_plainly(std::string_view line, std::size_t length)
  {
    const std::size_t content = line.find_first_not_of(" \t\r", length);
    return content == std::string_view::npos || line[content] == '#';
  }

  Cursor& cursor_;
  DataBuilder& builder_;
  std::size_t key_length_ = 0;  ///< see is_key_next
  std::optional<Stop> stop_;
};

}  // namespace

std::optional<Stop>
read_document(Cursor& cursor, DataBuilder& builder)
{
  return YamlReader(cursor, builder).run();
}

}  // namespace sluice::yaml
