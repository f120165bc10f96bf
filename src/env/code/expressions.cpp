// SPDX-License-Identifier: Apache-2.0
#include "env/code/expressions.hpp"

#include "base/text.hpp"
#include "env/code/tokens.hpp"

#include <algorithm>

namespace sluice::env::code {

namespace {

bool
opens(const Token& token)
{
  return token.is("(") || token.is("[") || token.is("{");
}

bool
closes(const Token& token)
{
  return token.is(")") || token.is("]") || token.is("}");
}

}  // namespace

std::string
unescaped(std::string_view source)
{
  std::string text;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const bool is_escape = source[i] == '\\' && i + 1 < source.size();
    if (is_escape && is_any_of(source[i + 1], "\"'`\\/")) {
      text += source[++i];
    } else if (is_escape && source[i + 1] == 'n') {
      text += '\n';
      ++i;
    } else {
      text += source[i];
    }
  }
  return text;
}

std::size_t
behind_bracket(TokenSpan tokens, std::size_t open)
{
  return std::min(closing(tokens, open, tokens.size()) + 1, tokens.size());
}

TokenSpan
inside_bracket(TokenSpan tokens, std::size_t open)
{
  const std::size_t end = behind_bracket(tokens, open);
  const bool is_closed = end > open + 1 && closes(tokens[end - 1]);
  return tokens.subspan(open + 1, end - open - (is_closed ? 2 : 1));
}

std::vector<TokenSpan>
parts_of(TokenSpan tokens)
{
  std::vector<TokenSpan> parts;
  std::size_t begin = 0;
  std::size_t depth = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    if (i == tokens.size() || (depth == 0 && tokens[i].is(","))) {
      if (i > begin) {
        parts.push_back(tokens.subspan(begin, i - begin));
      }
      begin = i + 1;
    } else if (opens(tokens[i])) {
      ++depth;
    } else if (closes(tokens[i]) && depth > 0) {
      --depth;
    }
  }
  return parts;
}

std::vector<Member>
members_of(TokenSpan tokens, std::string_view sign)
{
  std::vector<Member> members;
  for (const TokenSpan part : parts_of(tokens)) {
    const bool is_key = part.front().kind == Token::Kind::name || part.front().kind == Token::Kind::text;
    if (part.size() > 2 && is_key && part[1].is(sign)) {
      members.push_back({std::string(part.front().text), part.front().line, part.subspan(2)});
    }
  }
  return members;
}

TokenSpan
member(TokenSpan tokens, std::string_view name, std::string_view sign)
{
  for (const Member& each : members_of(tokens, sign)) {
    if (each.name == name) {
      return each.value;
    }
  }
  return {};
}

std::vector<Step>
steps_of(TokenSpan tokens)
{
  std::vector<Step> steps;
  for (std::size_t i = 0; i < tokens.size();) {
    if (tokens[i].kind != Token::Kind::name) {
      break;
    }
    Step step{tokens[i].text, {}};
    ++i;
    if (i < tokens.size() && tokens[i].is("(")) {
      step.arguments = inside_bracket(tokens, i);
      i = behind_bracket(tokens, i);
    }
    steps.push_back(step);
    if (i >= tokens.size() || !tokens[i].is(".")) {
      break;
    }
    ++i;
  }
  return steps;
}

const Token*
literal(TokenSpan tokens)
{
  if (tokens.size() != 1) {
    return nullptr;
  }
  const Token& token = tokens.front();
  const bool is_word = token.is("true") || token.is("false") || token.is("True") || token.is("False");
  const bool is_text = token.kind == Token::Kind::text && token.is_whole;
  return is_text || token.kind == Token::Kind::number || is_word ? &token : nullptr;
}

}  // namespace sluice::env::code
