// SPDX-License-Identifier: Apache-2.0
//
// The lexer's inside, for the files that it is written in: lexer.cpp (code), literals.cpp, markup.cpp.
#pragma once

#include "env/code/lexer.hpp"

#include <array>
#include <vector>

namespace sluice::env::code {

/// Where a stretch of code ends: at a bracket that closes none of its own, or at a mark outside of literals.
struct Until
{
  char open = 0, close = 0;
  std::string_view mark = {};
};

class Lexer
{
public:
  Lexer(std::string_view text, const Syntax& syntax);

  /// Reads from here; the end is read, too.
  void code(const Until& until, int depth = 0);
  /// Only what stands between the syntax's islands.
  void islands();

  [[nodiscard]] std::size_t
  place() const
  {
    return at_;
  }
  /// To a place ahead, counting lines; the end of the text if it is none.
  void go_to(std::size_t place);
  [[nodiscard]] Tokens
  take()
  {
    return std::move(tokens_);
  }

private:
  struct HereDocument
  {
    std::string_view name;
    bool has_code = true;
  };

  [[nodiscard]] bool
  sees(std::string_view what) const
  {
    return text_.compare(at_, what.size(), what) == 0;
  }
  [[nodiscard]] char peek(std::size_t ahead = 1) const;
  [[nodiscard]] bool is_name(char c) const;

  void token(int depth);
  void word(int depth);
  void mark();
  [[nodiscard]] bool comment();
  void block_comment(const Delimiters& delimiters);
  [[nodiscard]] bool may_begin_value() const;
  [[nodiscard]] bool ends_value(const Token& last) const;

  [[nodiscard]] bool literal(int depth);
  void literal(const Quote& quote, std::string_view interpolation, int depth);
  [[nodiscard]] bool skip_doubled(const Quote& quote, std::string_view interpolation);
  void interpolated(std::string_view interpolation, int depth);
  [[nodiscard]] bool begins_regex() const;
  void regex();
  [[nodiscard]] bool begins_here_document();
  void here_documents(int depth);
  void here_document(const HereDocument& document, int depth);
  [[nodiscard]] bool is_end_of(const HereDocument& document) const;

  [[nodiscard]] bool begins_markup() const;
  void markup(int depth);
  [[nodiscard]] int tag(int depth);
  void types_of_tag();

  void add(Token::Kind kind, std::string_view text, std::uint32_t line);
  /// Notes what is wrong; the first is kept.
  void fault(std::uint32_t line, std::string_view why);
  /// Notes what is wrong and reads no further.
  void give_up(std::uint32_t line, std::string_view why);

  std::string_view text_;
  const Syntax& syntax_;
  std::array<bool, 256> may_be_special_{};  ///< by the first byte of comments and quotes
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t line_begin_ = 0;
  std::uint32_t column_ = 0;  ///< of the token that is being read
  Tokens tokens_;
  std::vector<bool> conditions_;      ///< of each open parenthesis: whether it holds what `if`, `while` or `for` asks
  bool is_behind_condition_ = false;  ///< the last token closed such a one
  bool is_at_begin_ = false;          ///< of a stretch of code, of which no token stands before
  std::vector<HereDocument> pending_;
  bool has_line_comments_ = true;
  std::string_view island_end_;
};

}  // namespace sluice::env::code
