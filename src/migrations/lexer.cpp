// SPDX-License-Identifier: Apache-2.0
#include "migrations/lexer.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::migrations {

namespace {

constexpr std::string_view operator_characters = "~!@#^&|`?+-*/%<>=";  // scan.l, op_chars
constexpr std::size_t max_operator = 63;                               // NAMEDATALEN - 1

bool
is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/// Every byte of a character that is not ASCII counts as a letter, as in scan.l.
bool
starts_word(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool
continues_word(char c)
{
  return starts_word(c) || is_digit(c) || c == '$';
}

char
at(std::string_view text, std::size_t offset)
{
  return offset < text.size() ? text[offset] : '\0';
}

Token
unterminated(std::string_view text, std::size_t begin)
{
  return {TokenKind::unterminated, {begin, text.size()}};
}

/// Behind a string: where its text goes on, which the server joins to it over the end of a line; none if it does not.
/// Comments to the end of a line may stand between (scan.l, quotecontinue).
std::size_t
continuation(std::string_view text, std::size_t offset)
{
  bool has_newline = false;
  while (offset < text.size()) {
    if (is_space(text[offset])) {
      has_newline = has_newline || text[offset] == '\n' || text[offset] == '\r';
      ++offset;
    } else if (text.substr(offset, 2) == "--") {
      offset = std::min(text.find_first_of("\r\n", offset), text.size());
    } else {
      break;
    }
  }
  return has_newline && offset < text.size() && text[offset] == '\'' ? offset : std::string_view::npos;
}

enum class Backslash { plain, escapes };

/// `open` is where the quotation mark is, `begin` where its prefix is.
Token
quoted(std::string_view text, std::size_t begin, std::size_t open, TokenKind kind, Backslash backslash)
{
  const char mark = text[open];
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (backslash == Backslash::escapes && text[i] == '\\') {
      ++i;
    } else if (text[i] == mark) {
      if (at(text, i + 1) == mark) {
        ++i;
        continue;
      }
      // The next part of a string with escapes has them too, though it says so nowhere.
      const std::size_t more = backslash == Backslash::escapes ? continuation(text, i + 1) : std::string_view::npos;
      if (more == std::string_view::npos) {
        return {kind, {begin, i + 1}};
      }
      i = more;
    }
  }
  return unterminated(text, begin);
}

Token
line_comment(std::string_view text, std::size_t begin)
{
  const std::size_t end = text.find_first_of("\r\n", begin);
  return {TokenKind::comment, {begin, end == std::string_view::npos ? text.size() : end}};
}

Token
block_comment(std::string_view text, std::size_t begin)
{
  std::size_t depth = 0;
  for (std::size_t i = begin; i + 1 < text.size(); ++i) {
    if (text[i] == '/' && text[i + 1] == '*') {
      ++depth;
      ++i;
    } else if (text[i] == '*' && text[i + 1] == '/') {
      ++i;
      if (--depth == 0) {
        return {TokenKind::comment, {begin, i + 1}};
      }
    }
  }
  return unterminated(text, begin);
}

/// `$$…$$` and `$tag$…$tag$`; `$1` and a lone `$` are symbols.
Token
dollar(std::string_view text, std::size_t begin)
{
  std::size_t end = begin + 1;
  if (starts_word(at(text, end))) {
    while (end < text.size() && continues_word(text[end]) && text[end] != '$') {
      ++end;
    }
  }
  if (at(text, end) != '$') {
    return {TokenKind::symbol, {begin, begin + 1}};
  }
  const std::string_view tag = text.substr(begin, end + 1 - begin);
  const std::size_t close = text.find(tag, end + 1);
  return close == std::string_view::npos ? unterminated(text, begin)
                                         : Token{TokenKind::string, {begin, close + tag.size()}};
}

/// A word, or a string or identifier whose prefix looks like one.
Token
word(std::string_view text, std::size_t begin)
{
  const char first = text[begin];
  const char second = at(text, begin + 1);
  if (second == '\'' && (first == 'e' || first == 'E')) {
    return quoted(text, begin, begin + 1, TokenKind::string, Backslash::escapes);
  }
  if ((first == 'u' || first == 'U') && second == '&' && (at(text, begin + 2) == '\'' || at(text, begin + 2) == '"')) {
    const TokenKind kind = text[begin + 2] == '"' ? TokenKind::quoted_identifier : TokenKind::string;
    return quoted(text, begin, begin + 2, kind, Backslash::plain);
  }
  if (second == '\'' && std::string_view("bBxXnN").find(first) != std::string_view::npos) {
    return quoted(text, begin, begin + 1, TokenKind::string, Backslash::plain);
  }
  std::size_t end = begin;
  while (end < text.size() && continues_word(text[end])) {
    ++end;
  }
  return {TokenKind::word, {begin, end}};
}

Token
number(std::string_view text, std::size_t begin)
{
  std::size_t end = begin;
  while (end < text.size() && (is_digit(text[end]) || starts_word(text[end]) || text[end] == '.')) {
    ++end;
  }
  return {TokenKind::word, {begin, end}};
}

}  // namespace

Token
next_token(std::string_view text, std::size_t offset)
{
  while (offset < text.size() && is_space(text[offset])) {
    ++offset;
  }
  if (offset == text.size()) {
    return {TokenKind::symbol, {offset, offset}};
  }
  const char c = text[offset];
  const char following = at(text, offset + 1);
  if (c == '-' && following == '-') {
    return line_comment(text, offset);
  }
  if (c == '/' && following == '*') {
    return block_comment(text, offset);
  }
  if (c == '\'') {
    return quoted(text, offset, offset, TokenKind::string, Backslash::plain);
  }
  if (c == '"') {
    return quoted(text, offset, offset, TokenKind::quoted_identifier, Backslash::plain);
  }
  if (c == '$') {
    return dollar(text, offset);
  }
  if (starts_word(c)) {
    return word(text, offset);
  }
  return is_digit(c) ? number(text, offset) : Token{TokenKind::symbol, {offset, offset + 1}};
}

std::vector<Token>
tokens_of(std::string_view text, std::size_t offset)
{
  std::vector<Token> tokens;
  for (Token token = next_token(text, 0); token.where.begin < text.size(); token = next_token(text, token.where.end)) {
    if (token.kind != TokenKind::comment) {
      tokens.push_back({token.kind, {token.where.begin + offset, token.where.end + offset}});
    }
  }
  return tokens;
}

std::optional<std::string>
without_comments(std::string_view text)
{
  std::string result(text);
  std::size_t operators = 0;
  std::size_t end = 0;
  for (Token token = next_token(text, 0); token.where.begin < text.size(); token = next_token(text, token.where.end)) {
    const bool is_operator =
        token.kind == TokenKind::symbol && operator_characters.find(text[token.where.begin]) != std::string_view::npos;
    operators = !is_operator ? 0 : token.where.begin == end ? operators + 1 : 1;
    end = token.where.end;
    if (token.kind == TokenKind::unterminated || operators > max_operator) {
      return std::nullopt;
    }
    for (std::size_t i = token.where.begin; token.kind == TokenKind::comment && i < end; ++i) {
      result[i] = text[i] == '\n' || text[i] == '\r' ? text[i] : ' ';
    }
  }
  return result;
}

bool
is_word(std::string_view text, const Token& token, std::string_view keyword)
{
  return token.kind == TokenKind::word && token.where.end - token.where.begin == keyword.size()
         && to_lower(token.where.of(text)) == keyword;
}

std::string
normalized(std::string_view statement)
{
  std::string result;
  result.reserve(statement.size());
  for (const Token& token : tokens_of(statement)) {
    if (!result.empty()) {
      result += ' ';
    }
    const std::string_view spelling = token.where.of(statement);
    result += token.kind == TokenKind::word ? to_lower(spelling) : std::string(spelling);
  }
  return result;
}

}  // namespace sluice::migrations
