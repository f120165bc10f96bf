// SPDX-License-Identifier: Apache-2.0
#include "deps/elixir_term.hpp"

#include <algorithm>
#include <optional>

namespace sluice::deps {

namespace {

constexpr std::string_view word_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@.!?-+";

class TermReader
{
public:
  TermReader(std::string_view text, DataBuilder& builder)
      : text_(text),
        builder_(builder)
  {}

  std::optional<Defect>
  run()
  {
    if (read_term()) {
      skip_blanks();
      if (at_ != text_.size()) {
        defect_ = Defect{line_, "something follows the term"};
      }
    }
    return std::move(defect_);
  }

private:
  bool
  fail(std::string what)
  {
    defect_ = Defect{line_, std::move(what)};
    return false;
  }
  [[nodiscard]] char
  next() const
  {
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void
  skip_blanks()
  {
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size() - 1);
      }
      if (text_[at_] == '\n') {
        ++line_;
      } else if (text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\r' && text_[at_] != '#') {
        return;
      }
    }
  }

  bool
  read_term()
  {
    skip_blanks();
    switch (next()) {
    case '%':
      ++at_;
      return next() == '{' ? read_parts('}', Data::Kind::table) : fail("a map has no brace");
    case '{':
      return read_parts('}', Data::Kind::list);
    case '[':
      return read_parts(']', Data::Kind::list);
    case '"':
      return read_text();
    case ':':
      ++at_;
      return next() == '"' ? read_text() : read_word(Data::Kind::text);
    case '\0':
      return fail("it ends within a term");
    default:
      return read_word(Data::Kind::number);
    }
  }

  /// Takes a quoted text. Mix writes none with an escape, and what another made of one would be judged as another name.
  bool
  take_quoted(std::string_view& text)
  {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      line_ += text_[at_] == '\n' ? 1 : 0;
      if (text_[at_] == '\\') {
        return fail("a text has an escape, which mix writes none of");
      }
      ++at_;
    }
    if (at_ >= text_.size()) {
      return fail("a text is not closed");
    }
    text = text_.substr(begin, at_ - begin);
    ++at_;
    return true;
  }

  bool
  read_text()
  {
    const std::uint32_t line = line_;
    std::string_view text;
    if (!take_quoted(text)) {
      return false;
    }
    builder_.scalar(Data::Kind::text, text, line);
    return true;
  }

  std::string_view
  take_word()
  {
    const std::size_t end = std::min(text_.find_first_not_of(word_characters, at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    at_ = end;
    return word;
  }

  bool
  read_word(Data::Kind kind)
  {
    const std::string_view word = take_word();
    if (word.empty()) {
      return fail("a term is expected");
    }
    builder_.scalar(word == "true" || word == "false" ? Data::Kind::boolean : kind, word, line_);
    return true;
  }

  /// Whether a key (`name: ` or `"name": `) is next; takes it and tells the builder.
  bool
  take_key()
  {
    const std::size_t at = at_;
    const std::uint32_t line = line_;
    std::string_view key;
    const bool is_read = next() == '"' ? take_quoted(key) : !(key = take_word()).empty();
    if (is_read && next() == ':' && at_ + 1 < text_.size() && text_[at_ + 1] != ':') {
      ++at_;
      builder_.key(key, line);
      return true;
    }
    at_ = at;
    line_ = line;
    defect_.reset();
    return false;
  }

  /// A keyword list is a table, and so is the keyword part at the end of a tuple: a list within the list.
  bool
  read_parts(char close, Data::Kind kind)
  {
    if (!builder_.begin(kind, line_)) {
      return fail("nested too deep");
    }
    ++at_;
    bool in_keywords = false;
    while (true) {
      skip_blanks();
      if (next() == close) {
        break;
      }
      const bool may_be_keyword = kind == Data::Kind::list && !in_keywords && is_keyword_next();
      if (may_be_keyword) {
        if (!builder_.begin(Data::Kind::table, line_)) {
          return fail("nested too deep");
        }
        in_keywords = true;
      }
      if ((kind == Data::Kind::table || in_keywords) && !take_key()) {
        return fail("a key is expected");
      }
      if (!read_term()) {
        return false;
      }
      skip_blanks();
      if (next() == ',') {
        ++at_;
      } else if (next() != close) {
        return fail("a comma is missing");
      }
    }
    ++at_;
    if (in_keywords) {
      builder_.end();
    }
    builder_.end();
    return true;
  }

  [[nodiscard]] bool
  is_keyword_next() const
  {
    const std::size_t end = std::min(text_.find_first_not_of(word_characters, at_), text_.size());
    return end > at_ && end + 1 < text_.size() && text_[end] == ':' && text_[end + 1] != ':';
  }

  std::string_view text_;
  DataBuilder& builder_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::optional<Defect> defect_;
};

}  // namespace

tl::expected<Data, Defect>
read_elixir_term(std::string_view text)
{
  DataBuilder builder;
  if (auto defect = TermReader(text, builder).run()) {
    return tl::unexpected(*std::move(defect));
  }
  return builder.finish();
}

}  // namespace sluice::deps
