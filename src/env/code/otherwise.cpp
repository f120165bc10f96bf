// SPDX-License-Identifier: Apache-2.0
#include "env/code/otherwise.hpp"

#include "base/text.hpp"
#include "env/code/questions.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::code {

namespace {

constexpr auto nothings =
    std::to_array<std::string_view>({"nil", "null", "None", "undefined", "NULL", "nullptr", "Nil"});
constexpr auto testing =
    std::to_array<std::string_view>({"nil", "present", "blank", "empty", "is_ok", "is_err", "is_some", "is_none",
                                     "isEmpty", "isPresent", "isNullOrEmpty"});
constexpr auto unwrapping = std::to_array<std::string_view>({"unwrap", "expect", "orElseThrow", "get_or_throw"});
constexpr auto replacing = std::to_array<std::string_view>(
    {"unwrap_or", "unwrap_or_else", "unwrap_or_default", "or_else", "orElse", "orElseGet", "getOrElse", "ifEmpty"});
constexpr auto keywords =
    std::to_array<std::string_view>({"default", "defaultValue", "default_value", "fallback", "unset", "orElse"});
constexpr auto converting = std::to_array<std::string_view>({"to_string", "into", "to_owned", "freeze", "to_s"});

bool
is_twice(std::span<const Token> tokens, std::size_t at, char mark)
{
  return is_mark(tokens, at, mark) && is_mark(tokens, at + 1, mark);
}

/// Behind `(`, `|_|` and what else opens a function that gives a fallback.
std::size_t
behind_opening(std::span<const Token> tokens, std::size_t at)
{
  if (is_mark(tokens, at, '(') && is_mark(tokens, at + 1, ')') && is_mark(tokens, at + 2, '=')) {
    at += 4;
  }
  if (is_mark(tokens, at, '|')) {
    at += is_mark(tokens, at + 1, '|') ? 2 : 3;
  }
  return at;
}

std::optional<Otherwise>
second_argument(std::span<const Token> tokens, std::size_t at, std::size_t end)
{
  if (!is_mark(tokens, at, ',')) {
    return std::nullopt;
  }
  for (std::size_t i = at + 1; i < end; ++i) {
    if (is_name_of(tokens, i, keywords) && (is_mark(tokens, i + 1, '=') || is_mark(tokens, i + 1, ':'))) {
      return fallback_at(tokens, i + 2);
    }
  }
  const bool is_keyword = is_name(tokens, at + 1) && (is_mark(tokens, at + 2, '=') || is_mark(tokens, at + 2, ':'));
  if (is_keyword || is_mark(tokens, at + 1, ')') || is_mark(tokens, at + 1, '{')) {
    return std::nullopt;
  }
  return fallback_at(tokens, at + 1);
}

/// `!= null`, `=== undefined`, `is None`, `is not None`, `== "" { panic`.
std::optional<Otherwise>
comparison(std::span<const Token> tokens, std::size_t at)
{
  std::size_t next = at;
  bool is_equal = true;
  while (is_mark(tokens, next, '=') || is_mark(tokens, next, '!')) {
    is_equal = is_equal && !is_mark(tokens, next, '!');
    ++next;
  }
  if (next == at && is_name(tokens, at, "is")) {
    is_equal = !is_name(tokens, at + 1, "not");
    next = at + (is_equal ? 1 : 2);
  }
  const bool is_compared = next > at + 1 || (next == at + 1 && is_name(tokens, at));
  const bool is_nothing =
      is_name_of(tokens, next, nothings) || (is_whole_text(tokens, next) && tokens[next].text.empty());
  if (!is_compared || !is_nothing) {
    return std::nullopt;
  }
  std::size_t body = next + 1;
  while (is_mark(tokens, body, ')') || is_mark(tokens, body, ':')) {
    ++body;
  }
  return Otherwise{is_equal && fails_at(tokens, body) ? Unset::fails : Unset::tested, {}};
}

std::optional<Otherwise>
method(std::span<const Token> tokens, std::size_t at)
{
  while (is_mark(tokens, at, '.') || is_mark(tokens, at, '?')) {
    ++at;
  }
  if (is_name_of(tokens, at, unwrapping)) {
    return Otherwise{Unset::fails, {}};
  }
  if (is_name_of(tokens, at, testing)) {
    return Otherwise{Unset::tested, {}};
  }
  if (is_name_of(tokens, at, replacing)) {
    return fallback_at(tokens, at + 2);
  }
  // What a value is made of before it is replaced: `.ok()`, `.filter(…)`, `.trim()`.
  const std::size_t end = is_mark(tokens, at + 1, '(') ? closing(tokens, at + 1) : tokens.size();
  if (is_name(tokens, at) && end < tokens.size() && end < at + 64 && is_mark(tokens, end + 1, '.')) {
    const std::size_t next = end + 2;
    if (is_name_of(tokens, next, unwrapping)) {
      return Otherwise{Unset::fails, {}};
    }
    if (is_name_of(tokens, next, replacing)) {
      return fallback_at(tokens, next + 2);
    }
  }
  return std::nullopt;
}

std::optional<Otherwise>
operation(std::span<const Token> tokens, std::size_t at)
{
  if (is_twice(tokens, at, '?') || is_twice(tokens, at, '|') || is_twice(tokens, at, '/')) {
    return fallback_at(tokens, at + 2 + (is_mark(tokens, at + 2, '=') ? 1 : 0));
  }
  if (is_mark(tokens, at, '?') && is_mark(tokens, at + 1, ':')) {
    return fallback_at(tokens, at + 2);
  }
  if (is_name(tokens, at, "or") || is_name(tokens, at, "orelse")) {
    return fallback_at(tokens, at + 1);
  }
  if (auto compared = comparison(tokens, at)) {
    return compared;
  }
  if (is_twice(tokens, at, '&')) {
    return Otherwise{Unset::tested, {}};
  }
  if (is_mark(tokens, at, '!') && !is_mark(tokens, at + 1, '=')) {
    return Otherwise{Unset::fails, {}};
  }
  if (is_mark(tokens, at, '?') && !is_mark(tokens, at + 1, '.')) {
    // Rust's `?` ends what it stands in; elsewhere a value follows.
    const bool ends = at + 1 < tokens.size() && tokens[at + 1].kind == Token::Kind::mark
                      && is_any_of(tokens[at + 1].text.front(), ";),}");
    return Otherwise{ends ? Unset::fails : Unset::tested, {}};
  }
  return std::nullopt;
}

}  // namespace

Otherwise
fallback_at(std::span<const Token> tokens, std::size_t at)
{
  if (fails_at(tokens, at)) {
    return {Unset::fails, {}};
  }
  at = behind_opening(tokens, at);
  if (is_name_of(tokens, at, nothings)) {
    return {Unset::unknown, {}};
  }
  Otherwise found{Unset::defaulted, {}};
  const bool is_literal = is_whole_text(tokens, at) || (at < tokens.size() && tokens[at].kind == Token::Kind::number);
  const bool is_converted = is_mark(tokens, at + 1, '.') && is_name_of(tokens, at + 2, converting);
  const bool is_part = (is_mark(tokens, at + 1, '.') && !is_converted) || is_mark(tokens, at + 1, '+')
                       || is_mark(tokens, at + 1, '%') || is_mark(tokens, at + 1, '*');
  if (is_literal && !is_part) {
    found.literal = std::string(tokens[at].text);
  }
  return found;
}

Otherwise
otherwise(std::span<const Token> tokens, const ReadPlace& place, Unset unset)
{
  std::size_t at = place.behind;
  if (place.second != ReadPlace::Second::none) {
    std::size_t end = at;
    for (int depth = 0; end < std::min(tokens.size(), at + 64); ++end) {
      if (depth == 0 && (is_mark(tokens, end, ')') || is_mark(tokens, end, ']') || is_mark(tokens, end, '}'))) {
        break;
      }
      depth += is_mark(tokens, end, '(') ? 1 : is_mark(tokens, end, ')') ? -1 : 0;
    }
    const auto second = place.second == ReadPlace::Second::fallback ? second_argument(tokens, at, end) : std::nullopt;
    if (second) {
      return *second;
    }
    at = end + 1;
  }
  if (const auto asked = question(tokens, place.begin, at)) {
    return *asked;
  }
  // A block is what Ruby's fetch falls back to.
  if (unset == Unset::fails && (is_mark(tokens, at, '{') || is_name(tokens, at, "do"))) {
    return fallback_at(tokens, behind_opening(tokens, at + 1));
  }
  while (is_mark(tokens, at, ')') || is_mark(tokens, at, ']')
         || (is_name(tokens, at, "as") && is_name(tokens, at + 1))) {
    at += is_name(tokens, at) ? 2 : 1;
  }
  const auto found = is_mark(tokens, at, '.') || (is_mark(tokens, at, '?') && is_mark(tokens, at + 1, '.'))
                         ? method(tokens, at)
                         : operation(tokens, at);
  return found.value_or(Otherwise{unset, {}});
}

}  // namespace sluice::env::code
