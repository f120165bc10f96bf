// SPDX-License-Identifier: Apache-2.0
#include "env/spec_expression.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
refers(std::string_view text)
{
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    const bool is_escaped = at > 0 && text[at - 1] == '\\';
    if (!is_escaped && (is_letter(next) || is_any_of(next, "_{("))) {
      return true;
    }
  }
  return false;
}

/// Blanks, newlines and comments between arguments.
void
skip_between(SpecCursor& cursor)
{
  const std::string_view text = cursor.text;
  while (cursor.at < text.size()) {
    const char c = text[cursor.at];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++cursor.at;
    } else if (c == '#') {
      cursor.at = std::min(text.find('\n', cursor.at), text.size());
    } else if (c == '\n' && cursor.in == SpecCursor::In::value) {
      ++cursor.at;
    } else if (c == '\n') {
      const std::size_t next = text.find_first_not_of(" \t", cursor.at + 1);
      if (next == std::string_view::npos || text[next] != '#') {
        return;
      }
      cursor.at = next + 1;
    } else {
      return;
    }
  }
}

/// `${X}` is one piece, though it ends as a table does.
SpecExpression
take_plain(SpecCursor& cursor, std::string_view ends)
{
  const std::size_t begin = cursor.at;
  while (cursor.at < cursor.text.size() && !is_any_of(cursor.peek(), ends) && !is_any_of(cursor.peek(), " \n\r")) {
    const std::size_t close = cursor.is_at("${") ? cursor.text.find_first_of("}\n", cursor.at) : std::string_view::npos;
    cursor.at = close != std::string_view::npos && cursor.text[close] == '}' ? close + 1 : cursor.at + 1;
  }
  return plain_text(cursor.text.substr(begin, cursor.at - begin));
}

std::optional<SpecExpression>
take_value(SpecCursor& cursor, std::string_view ends, std::size_t depth)
{
  // What does not close ends all around it: to go back and read it otherwise takes twice the time with every level.
  if (auto compound = take_compound(cursor, depth); compound || cursor.is_broken) {
    return compound;
  }
  if (auto quoted = take_quoted(cursor, QuotedLines::one)) {
    return quoted;
  }
  SpecExpression plain = take_plain(cursor, ends);
  return plain.text.empty() ? std::nullopt : std::optional(std::move(plain));
}

std::optional<SpecArgument>
take_argument(SpecCursor& cursor, std::string_view ends, std::size_t depth)
{
  const std::size_t begin = cursor.at;
  SpecArgument argument;
  const std::string_view name = cursor.take_name();
  if (!name.empty()) {
    cursor.skip_blanks();
  }
  if (!name.empty() && cursor.peek() == '=') {
    ++cursor.at;
    cursor.skip_blanks();
    argument.name = name;
  } else {
    cursor.at = begin;
  }
  auto value = take_value(cursor, ends, depth);
  if (!value) {
    return std::nullopt;
  }
  argument.value = *std::move(value);
  return argument;
}

/// From behind the opening bracket to behind the closing one.
std::optional<std::vector<SpecArgument>>
take_list(SpecCursor& cursor, char close, std::size_t depth)
{
  std::vector<SpecArgument> arguments;
  if (depth > max_spec_depth) {
    return std::nullopt;
  }
  const std::string_view ends = close == ')' ? ",)" : ",)}]";
  while (true) {
    skip_between(cursor);
    cursor.reached = std::max(cursor.reached, cursor.at);
    if (cursor.peek() == close && cursor.at < cursor.text.size()) {
      ++cursor.at;
      return arguments;
    }
    auto argument = take_argument(cursor, ends, depth + 1);
    if (!argument || arguments.size() == max_spec_arguments) {
      return std::nullopt;
    }
    arguments.push_back(*std::move(argument));
    skip_between(cursor);
    if (cursor.peek() == ',') {
      ++cursor.at;
    } else if (cursor.peek() != close) {
      return std::nullopt;
    }
  }
}

std::string
without_escapes(std::string_view body, std::string_view quote)
{
  std::string text = replace_all(body, std::string("\\") + std::string(quote), quote);
  return quote.front() == '"' ? replace_all(text, "\\n", "\n") : text;
}

/// Where the quote closes; npos if it does not.
std::size_t
closing(std::string_view text, std::size_t from, std::string_view quote, QuotedLines lines)
{
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '\n' && lines == QuotedLines::one) {
      break;
    }
    if (text[at] == '\\' && text.substr(at + 1).starts_with(quote)) {
      at += quote.size();
    } else if (text.substr(at).starts_with(quote)) {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

const SpecExpression*
SpecExpression::argument(std::string_view name) const
{
  const auto found =
      std::find_if(arguments.begin(), arguments.end(), [name](const SpecArgument& each) { return each.name == name; });
  return found == arguments.end() ? nullptr : &found->value;
}

void
SpecCursor::skip_blanks()
{
  at = std::min(text.find_first_not_of(" \t\r", at), text.size());
}

std::string_view
SpecCursor::take_name()
{
  std::size_t end = at;
  while (end < text.size() && (is_letter(text[end]) || (end > at && (is_digit(text[end]) || text[end] == '_')))) {
    ++end;
  }
  const std::string_view name = text.substr(at, end - at);
  at = end;
  return name;
}

std::optional<std::vector<SpecArgument>>
take_arguments(SpecCursor& cursor, std::size_t depth)
{
  ++cursor.at;
  return take_list(cursor, ')', depth);
}

std::optional<SpecExpression>
take_compound(SpecCursor& cursor, std::size_t depth)
{
  SpecCursor ahead = cursor;
  SpecExpression expression;
  std::optional<std::vector<SpecArgument>> arguments;
  bool is_begun = true;
  if (ahead.peek() == '{' || ahead.peek() == '[') {
    const bool is_table = ahead.peek() == '{';
    expression.kind = is_table ? SpecExpression::Kind::table : SpecExpression::Kind::list;
    ++ahead.at;
    arguments = take_list(ahead, is_table ? '}' : ']', depth);
  } else {
    expression.kind = SpecExpression::Kind::call;
    expression.text = ahead.take_name();
    is_begun = !expression.text.empty() && ahead.peek() == '(';
    arguments = is_begun ? take_arguments(ahead, depth) : std::nullopt;
  }
  cursor.reached = std::max(cursor.reached, ahead.reached);
  cursor.is_broken = is_begun && !arguments;
  if (!arguments) {
    return std::nullopt;
  }
  expression.arguments = *std::move(arguments);
  cursor.at = ahead.at;
  return expression;
}

std::optional<SpecExpression>
take_quoted(SpecCursor& cursor, QuotedLines lines)
{
  constexpr std::array<std::string_view, 5> quotes{"\"\"\"", "```", "\"", "'", "`"};
  for (const std::string_view quote : quotes) {
    if (!cursor.is_at(quote) || (quote.size() == 3 && lines == QuotedLines::one)) {
      continue;
    }
    const std::size_t begin = cursor.at + quote.size();
    const std::size_t end = closing(cursor.text, begin, quote, quote == "`" ? QuotedLines::one : lines);
    if (end == std::string_view::npos) {
      continue;
    }
    const std::string_view body = cursor.text.substr(begin, end - begin);
    cursor.at = end + quote.size();
    SpecExpression expression{.text = without_escapes(body, quote), .is_quoted = true};
    expression.has_reference = quote != "'" && refers(body);
    return expression;
  }
  return std::nullopt;
}

SpecExpression
plain_text(std::string_view text)
{
  SpecExpression expression{.text = std::string(text)};
  expression.has_reference = refers(text);
  return expression;
}

}  // namespace sluice::env
