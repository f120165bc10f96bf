// SPDX-License-Identifier: Apache-2.0
#include "env/code/tokens.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::code {

namespace {

/// What ends a program, a function or a request instead of giving a value.
constexpr auto failing =
    std::to_array<std::string_view>({"throw", "raise", "die", "abort", "error", "fatalError", "panic", "fail", "exit",
                                     "croak", "confess", "preconditionFailure", "required"});
constexpr auto ending =
    std::to_array<std::string_view>({"exit", "Exit", "abort", "Fatal", "Fatalf", "Fatalln", "panic"});

}  // namespace

std::size_t
closing(std::span<const Token> tokens, std::size_t at, std::size_t distance)
{
  int open = 0;
  const std::size_t end = at + std::min(tokens.size() - std::min(tokens.size(), at), distance);
  for (std::size_t i = at; i < end; ++i) {
    if (tokens[i].kind != Token::Kind::mark) {
      continue;
    }
    const char mark = tokens[i].text.front();
    open += is_any_of(mark, "([{") ? 1 : is_any_of(mark, ")]}") ? -1 : 0;
    if (open == 0) {
      return i;
    }
  }
  return tokens.size();
}

bool
fails_at(std::span<const Token> tokens, std::size_t at)
{
  while (at < tokens.size() && tokens[at].kind == Token::Kind::mark && is_any_of(tokens[at].text.front(), "(){=>\\")) {
    ++at;
  }
  return is_name_of(tokens, at, failing) || (is_mark(tokens, at + 1, '.') && is_name_of(tokens, at + 2, ending));
}

}  // namespace sluice::env::code
