// SPDX-License-Identifier: Apache-2.0
#include "migrations/splitter.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class Splitter
{
public:
  explicit Splitter(std::string_view text)
      : text_(text)
  {}

  Pieces
  run()
  {
    std::size_t offset = text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (true) {
      const Token token = next_token(text_, offset);
      if (token.where.begin >= text_.size()) {
        finish();
        return std::move(pieces_);
      }
      offset = token.kind == TokenKind::comment ? token.where.end : take(token);
    }
  }

private:
  /// Returns where to go on.
  std::size_t
  take(const Token& token)
  {
    const char c = text_[token.where.begin];
    if (words_.empty() && token.kind == TokenKind::symbol && c == '\\') {
      return take_meta_command(token.where.begin);
    }
    if (token.kind == TokenKind::symbol && c == ';' && depth_ == 0 && block_depth_ == 0) {
      const bool copies = is_copy_from_stdin();
      finish();
      return copies ? take_copy_data(token.where.end) : token.where.end;
    }
    add(token);
    return token.where.end;
  }

  void
  add(const Token& token)
  {
    if (words_.empty()) {
      begin_ = token.where.begin;
    }
    end_ = token.where.end;
    if (token.kind == TokenKind::symbol) {
      count_parenthesis(text_[token.where.begin]);
    }
    // Only the first few words and the last decide anything; a large INSERT must not be kept word by word.
    const bool room = words_.size() < 8;
    if (token.kind == TokenKind::word) {
      const std::string spelling = to_lower(token.where.of(text_));
      count_block(spelling);
      last_two_ = {last_two_[1], spelling};
      if (room) {
        words_.push_back(spelling);
      }
    } else if (room) {
      words_.emplace_back();
    }
  }

  void
  count_parenthesis(char c)
  {
    if (c == '(') {
      ++depth_;
    } else if (c == ')' && depth_ > 0) {
      --depth_;
    }
  }

  /// Within CREATE FUNCTION and CREATE PROCEDURE, BEGIN ATOMIC opens a block that END closes, and so does CASE in it.
  void
  count_block(std::string_view spelling)
  {
    if (spelling == "atomic" && last_two_[1] == "begin" && creates_routine()) {
      ++block_depth_;
    } else if (block_depth_ > 0 && spelling == "case") {
      ++block_depth_;
    } else if (block_depth_ > 0 && spelling == "end") {
      --block_depth_;
    }
  }

  [[nodiscard]] bool
  creates_routine() const
  {
    return words_.size() > 1 && words_[0] == "create"
           && std::any_of(words_.begin() + 1, words_.begin() + std::min<std::ptrdiff_t>(4, std::ssize(words_)),
                          [](const std::string& word) { return word == "function" || word == "procedure"; });
  }

  [[nodiscard]] bool
  is_copy_from_stdin() const
  {
    if (words_.empty() || words_[0] != "copy") {
      return false;
    }
    bool after_from = false;
    for (const Token& token : tokens_of(text_.substr(begin_, end_ - begin_), begin_)) {
      if (after_from && is_word(text_, token, "stdin")) {
        return true;
      }
      after_from = is_word(text_, token, "from");
    }
    return false;
  }

  std::size_t
  take_meta_command(std::size_t begin)
  {
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    pieces_.foreign.push_back({{begin, end}, "a command of psql, which the server does not understand"});
    return end;
  }

  /// Lines up to `\.`, or everything if that is missing.
  std::size_t
  take_copy_data(std::size_t begin)
  {
    std::size_t line = std::min(text_.find('\n', begin), text_.size());
    while (line < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', line + 1), text_.size());
      if (trim(text_.substr(line, end - line)) == "\\.") {
        line = end;
        break;
      }
      line = end;
    }
    pieces_.foreign.push_back({{begin, line}, "data of COPY … FROM STDIN, which only psql can send"});
    return line;
  }

  void
  finish()
  {
    if (!words_.empty()) {
      pieces_.statements.push_back({begin_, end_});
    }
    words_.clear();
    last_two_ = {};
    depth_ = block_depth_ = 0;
  }

  std::string_view text_;
  Pieces pieces_;
  std::vector<std::string> words_;  ///< the first tokens of the statement; empty texts for what is not a word
  std::array<std::string, 2> last_two_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t depth_ = 0;
  std::size_t block_depth_ = 0;
};

}  // namespace

Pieces
split_script(std::string_view text)
{
  return Splitter(text).run();
}

}  // namespace sluice::migrations
