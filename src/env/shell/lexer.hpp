// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"
#include "env/shell/word_ends.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::shell {

struct Token
{
  enum class Kind { word, redirection, operation, newline, end, fault };
  Kind kind = Kind::end;
  Span at;
};

/// The words and operators of a script, as their places in it. Comments, blanks and here-documents are passed over.
class Lexer
{
public:
  Lexer(std::string_view text, Flavor flavor)
      : text_(text),
        flavor_(flavor)
  {}

  /// The next token, which `take` goes past.
  [[nodiscard]] const Token& peek();
  Token take();
  /// The text of the next token is this operator or word.
  [[nodiscard]] bool sees(std::string_view text);

  /// The next token reads from a file.
  [[nodiscard]] bool
  sees_reading()
  {
    return peek().kind == Token::Kind::redirection && peek().at.of(text_) == "<";
  }

  /// The body of a here-document begins behind the next newline.
  void expect_document(Span delimiter, bool drops_tabs);

  /// The place behind the last token that was taken.
  [[nodiscard]] std::size_t
  place() const
  {
    return taken_;
  }
  [[nodiscard]] std::string_view
  text() const
  {
    return text_;
  }
  [[nodiscard]] Flavor
  flavor() const
  {
    return flavor_;
  }

private:
  struct Document
  {
    std::string delimiter;
    bool drops_tabs = false;
  };
  Token read();
  [[nodiscard]] Token read_word() const;
  [[nodiscard]] Span array_at(std::size_t word, std::size_t at) const;
  void skip_blanks();
  void skip_documents();

  std::string_view text_;
  Flavor flavor_;
  std::size_t at_ = 0;
  std::size_t taken_ = 0;
  bool has_next_ = false;
  Token next_;
  std::vector<Document> documents_;
};

}  // namespace sluice::env::shell
