// SPDX-License-Identifier: Apache-2.0
//
// PostgreSQL's lexical rules, as far as they decide where a statement ends. libpg_query can split a script too, but
// one unknown character makes it lose every statement after it; this lexer never fails, so that one bad statement
// costs one gap. Where the two disagree, the parser finds not exactly one statement, and that is a gap as well.
#pragma once

#include "base/span.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

enum class TokenKind : std::uint8_t {
  word,               ///< identifier or keyword, also the prefix-less part of a number
  quoted_identifier,  ///< "…" and U&"…"
  string,             ///< '…', E'…', U&'…', B'…', X'…', $tag$…$tag$
  symbol,             ///< one byte of anything else
  comment,            ///< -- … or /* … */, nested
  unterminated,       ///< a quote or comment that runs to the end of the text
};

struct Token
{
  TokenKind kind = TokenKind::symbol;
  Span where;
};

/// The token that begins at or after `offset` behind white space; nothing left: an empty span at the end.
[[nodiscard]] Token next_token(std::string_view text, std::size_t offset);

/// Tokens of `text`, comments left out; the spans are moved by `offset`.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text, std::size_t offset = 0);

/// The same text for a parser whose lexer reads some texts many times over: every comment is blanks, and all that is no
/// comment stays where it is. Nothing if it holds what such a lexer takes quadratic time for though no person writes
/// it: a quote or comment without an end, or more characters of operators in a row than an operator can have.
[[nodiscard]] std::optional<std::string> without_comments(std::string_view text);

/// Whether the token is this keyword, which is given in lower case.
[[nodiscard]] bool is_word(std::string_view text, const Token& token, std::string_view keyword);

/// The statement without comments, its words in lower case, with one space between tokens: equal for statements that
/// differ in layout only.
[[nodiscard]] std::string normalized(std::string_view statement);

}  // namespace sluice::migrations
