// SPDX-License-Identifier: Apache-2.0
#include "env/shell/word_ends.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::env::shell {

namespace {

/// Behind the first `close` that no backslash takes.
std::size_t
end_with_escapes(std::string_view text, std::size_t at, char close)
{
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == close) {
      return i + 1;
    }
    i += text[i] == '\\' ? 1 : 0;
  }
  return no_end;
}

/// Of `${…}`, from behind its brace.
std::size_t
end_of_braces(std::string_view text, std::size_t at, Flavor flavor, Quotes quotes, int depth)
{
  while (at < text.size()) {
    if (text[at] == '}') {
      return at + 1;
    }
    // Between double quotes a single one is a character, and a double one closes and opens again.
    const bool is_plain = quotes == Quotes::around && text[at] == '\'';
    const Quotes inside = text[at] == '"' ? Quotes::none : quotes;
    at = is_plain ? at + 1 : end_of_piece(text, at, flavor, inside, depth);
  }
  return no_end;
}

/// Of `$(…)`, from behind its bracket.
std::size_t
end_of_command(std::string_view text, std::size_t at, Flavor flavor, int depth)
{
  std::size_t open = 1;
  bool is_word_start = true;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '#' && is_word_start) {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    open += c == '(' ? 1 : 0;
    open -= c == ')' ? 1 : 0;
    if (open == 0) {
      return at + 1;
    }
    is_word_start = is_any_of(c, " \t\n;&|()");
    at = end_of_piece(text, at, flavor, Quotes::none, depth);
  }
  return no_end;
}

}  // namespace

std::size_t
end_of_single_quotes(std::string_view text, std::size_t at)
{
  const std::size_t end = text.find('\'', at + 1);
  return end == std::string_view::npos ? no_end : end + 1;
}

std::size_t
end_of_double_quotes(std::string_view text, std::size_t at, Flavor flavor, int depth)
{
  ++at;
  while (at < text.size()) {
    if (text[at] == '"') {
      return at + 1;
    }
    const bool is_plain = text[at] == '\'';
    at = is_plain ? at + 1 : end_of_piece(text, at, flavor, Quotes::around, depth);
  }
  return no_end;
}

std::size_t
end_of_backticks(std::string_view text, std::size_t at)
{
  return end_with_escapes(text, at + 1, '`');
}

std::size_t
end_of_escaped_quotes(std::string_view text, std::size_t at)
{
  return end_with_escapes(text, at + 1, '\'');
}

std::size_t
end_of_dollar(std::string_view text, std::size_t at, Flavor flavor, Quotes quotes, int depth)
{
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  if (depth > max_depth) {
    return no_end;
  }
  if (next == '(') {
    return end_of_command(text, at + 2, flavor, depth + 1);
  }
  if (next == '{') {
    return end_of_braces(text, at + 2, flavor, quotes, depth + 1);
  }
  if (flavor == Flavor::bash && quotes == Quotes::none && next == '\'') {
    return end_of_escaped_quotes(text, at + 1);
  }
  if (flavor == Flavor::bash && quotes == Quotes::none && next == '"') {
    return end_of_double_quotes(text, at + 1, flavor, depth + 1);
  }
  return at + 1;
}

std::size_t
end_of_piece(std::string_view text, std::size_t at, Flavor flavor, Quotes quotes, int depth)
{
  switch (text[at]) {
  case '\\':
    return std::min(at + 2, text.size());
  case '\'':
    return end_of_single_quotes(text, at);
  case '"':
    return depth > max_depth ? no_end : end_of_double_quotes(text, at, flavor, depth + 1);
  case '`':
    return end_of_backticks(text, at);
  case '$':
    return end_of_dollar(text, at, flavor, quotes, depth);
  default:
    return at + 1;
  }
}

}  // namespace sluice::env::shell
