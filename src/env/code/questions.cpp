// SPDX-License-Identifier: Apache-2.0
#include "env/code/questions.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::code {

namespace {

constexpr auto asking = std::to_array<std::string_view>(
    {"isset", "empty", "defined", "exists", "Boolean", "bool", "IsNullOrEmpty", "IsNullOrWhiteSpace", "isNullOrEmpty",
     "isEmpty", "isBlank", "hasText", "hasLength", "is_null", "isNull", "nonNull"});

/// `if let Ok(x) = X`, `guard let x = X else { fatalError() }`.
std::optional<Otherwise>
binding(std::span<const Token> tokens, std::size_t begin, std::size_t behind)
{
  if (begin == 0 || !is_mark(tokens, begin - 1, '=')) {
    return std::nullopt;
  }
  for (std::size_t at = begin - 1; at > 0 && at + 10 > begin; --at) {
    if (is_name(tokens, at, "let") && is_name(tokens, at - 1)) {
      const std::string_view word = tokens[at - 1].text;
      if (word == "if" || word == "while" || word == "guard") {
        const bool fails = word == "guard" && is_name(tokens, behind, "else") && fails_at(tokens, behind + 1);
        return Otherwise{fails ? Unset::fails : Unset::tested, {}};
      }
    }
  }
  return std::nullopt;
}

/// `isset(X)`, `defined X`.
bool
is_asked(std::span<const Token> tokens, std::size_t begin)
{
  const std::size_t at = begin > 1 && is_mark(tokens, begin - 1, '(') ? begin - 2 : begin - 1;
  return begin > 0 && is_name(tokens, at) && std::find(asking.begin(), asking.end(), tokens[at].text) != asking.end();
}

/// `if (!X) throw`, `if not X:`, `unless X`, `if (X)`: nothing but the question is asked.
std::optional<Otherwise>
condition(std::span<const Token> tokens, std::size_t begin, std::size_t behind)
{
  std::size_t at = begin;
  bool is_negated = false;
  while (at > 0 && (is_mark(tokens, at - 1, '!') || is_name(tokens, at - 1, "not"))) {
    --at;
    is_negated = true;
  }
  const bool has_bracket = at > 0 && is_mark(tokens, at - 1, '(');
  at -= has_bracket ? 1 : 0;
  const bool is_unless = at > 0 && is_name(tokens, at - 1, "unless");
  const bool is_if = is_unless || (at > 0 && (is_name(tokens, at - 1, "if") || is_name(tokens, at - 1, "elif")));
  const std::size_t next = behind + (has_bracket && is_mark(tokens, behind, ')') ? 1 : 0);
  const bool is_whole = has_bracket ? next > behind
                                    : is_mark(tokens, next, ':') || is_mark(tokens, next, '{') || next >= tokens.size()
                                          || tokens[next].line > tokens[begin].line;
  if (!is_if || !is_whole) {
    return is_negated ? std::optional(Otherwise{Unset::tested, {}}) : std::nullopt;
  }
  const std::size_t body = next + (is_mark(tokens, next, ':') || is_mark(tokens, next, '{') ? 1 : 0);
  return Otherwise{(is_negated || is_unless) && fails_at(tokens, body) ? Unset::fails : Unset::tested, {}};
}

}  // namespace

std::optional<Otherwise>
question(std::span<const Token> tokens, std::size_t begin, std::size_t behind)
{
  if (is_asked(tokens, begin)) {
    std::size_t body = behind;
    while (is_mark(tokens, body, ')')) {
      ++body;
    }
    return Otherwise{fails_at(tokens, body) ? Unset::fails : Unset::tested, {}};
  }
  const auto bound = binding(tokens, begin, behind);
  return bound ? bound : condition(tokens, begin, behind);
}

}  // namespace sluice::env::code
