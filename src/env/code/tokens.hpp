// SPDX-License-Identifier: Apache-2.0
//
// Questions about tokens. A place behind the last token has none: the answer is no.
#pragma once

#include "base/one_of.hpp"
#include "env/code/lexer.hpp"

#include <span>
#include <string_view>

namespace sluice::env::code {

/// A mark is one character.
[[nodiscard]] inline bool
is_mark(std::span<const Token> tokens, std::size_t at, char mark)
{
  return at < tokens.size() && tokens[at].kind == Token::Kind::mark && tokens[at].text.front() == mark;
}

[[nodiscard]] inline bool
is_name(std::span<const Token> tokens, std::size_t at)
{
  return at < tokens.size() && tokens[at].kind == Token::Kind::name;
}

[[nodiscard]] inline bool
is_name(std::span<const Token> tokens, std::size_t at, std::string_view name)
{
  return is_name(tokens, at) && tokens[at].text == name;
}

/// Whether a name is there, and one of these.
[[nodiscard]] constexpr bool
is_name_of(std::span<const Token> tokens, std::size_t at, const auto& names)
{
  return is_name(tokens, at) && is_one_of(tokens[at].text, names);
}

[[nodiscard]] inline bool
is_text(std::span<const Token> tokens, std::size_t at)
{
  return at < tokens.size() && tokens[at].kind == Token::Kind::text;
}

/// A literal that no code stands in.
[[nodiscard]] inline bool
is_whole_text(std::span<const Token> tokens, std::size_t at)
{
  return is_text(tokens, at) && tokens[at].is_whole;
}

/// Tokens that are looked at for the end of a bracket where that is asked for many of them.
inline constexpr std::size_t near = 4096;

/// The place of the bracket that closes what is open at `at`; the number of tokens if none of the next `distance` does.
[[nodiscard]] std::size_t closing(std::span<const Token> tokens, std::size_t at, std::size_t distance = near);

/// Whether what begins at `at` ends the program, the function or the request: `throw …`, `process.exit(1)`,
/// `(() => { throw … })()`, `sys.exit()`.
[[nodiscard]] bool fails_at(std::span<const Token> tokens, std::size_t at);

}  // namespace sluice::env::code
