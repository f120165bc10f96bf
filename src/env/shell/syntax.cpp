// SPDX-License-Identifier: Apache-2.0
#include "env/shell/syntax.hpp"

#include "base/one_of.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::shell {

namespace {

constexpr auto closing_words =
    std::to_array<std::string_view>({"then", "else", "elif", "fi", "do", "done", "esac", "}"});
constexpr auto closing_operations = std::to_array<std::string_view>({")", ";;", ";&", ";;&"});

/// `function` and `[[` are words of bash alone; `select` is read as a loop.
bool
begins_compound(std::string_view word, Flavor flavor)
{
  constexpr auto common = std::to_array<std::string_view>({"if", "while", "until", "for", "case", "{"});
  constexpr auto bash = std::to_array<std::string_view>({"function", "[[", "select"});
  return is_one_of(word, common) || (flavor == Flavor::bash && is_one_of(word, bash));
}

Node
of_kind(Node::Kind kind, Node part)
{
  Node node{.kind = kind};
  node.parts.push_back(std::move(part));
  return node;
}

}  // namespace

std::optional<Assignment>
assignment_of(std::string_view text, Span word, Flavor flavor)
{
  const std::string_view all = text.substr(0, word.end);
  const std::size_t name = end_of_name(all, word.begin);
  std::size_t sign = name;
  if (name == word.begin) {
    return std::nullopt;
  }
  Assignment assignment{.name = {word.begin, name}};
  const std::string_view rest = all.substr(sign);
  if (flavor == Flavor::bash && rest.starts_with('[') && rest.find("]=") != std::string_view::npos) {
    sign += rest.find("]=") + 1;
    assignment.form = Assignment::Form::array;
  } else if (flavor == Flavor::bash && rest.starts_with("+=")) {
    ++sign;
    assignment.form = Assignment::Form::append;
  }
  if (sign >= word.end || all[sign] != '=') {
    return std::nullopt;
  }
  assignment.value = {sign + 1, word.end};
  const bool has_list = flavor == Flavor::bash && assignment.value.of(text).starts_with('(');
  assignment.form = has_list ? Assignment::Form::array : assignment.form;
  return assignment;
}

Node
Parser::broken()
{
  is_broken_ = true;
  return {};
}

void
Parser::skip_lines()
{
  while (lexer_.peek().kind == Token::Kind::newline) {
    lexer_.take();
  }
}

void
Parser::expect(std::string_view word)
{
  if (lexer_.sees(word)) {
    lexer_.take();
  } else {
    is_broken_ = true;
  }
}

std::optional<Node>
Parser::line()
{
  skip_lines();
  if (lexer_.peek().kind == Token::Kind::end) {
    return std::nullopt;
  }
  Node node{.kind = Node::Kind::sequence};
  while (!is_broken_) {
    node.parts.push_back(chain(0));
    const bool goes_on = lexer_.sees(";") || lexer_.sees("&");
    if (lexer_.sees("&")) {
      node.parts.back() = of_kind(Node::Kind::apart, std::move(node.parts.back()));
    }
    if (goes_on) {
      lexer_.take();
    }
    const Token::Kind next = lexer_.peek().kind;
    if (next == Token::Kind::newline || next == Token::Kind::end) {
      break;
    }
    is_broken_ = is_broken_ || !goes_on;
  }
  return is_broken_ ? std::nullopt : std::optional(std::move(node));
}

bool
Parser::ends_list()
{
  const Token& token = lexer_.peek();
  const std::string_view text = token.at.of(lexer_.text());
  switch (token.kind) {
  case Token::Kind::end:
  case Token::Kind::fault:
    return true;
  case Token::Kind::word:
    return is_one_of(text, closing_words);
  case Token::Kind::operation:
    return is_one_of(text, closing_operations);
  default:
    return false;
  }
}

/// A list inside of a compound command, up to what closes it. It has at least one command.
Node
Parser::list(int depth)
{
  Node node{.kind = Node::Kind::sequence};
  skip_lines();
  while (!is_broken_) {
    node.parts.push_back(chain(depth));
    const bool ends_command = lexer_.sees(";") || lexer_.sees("&") || lexer_.peek().kind == Token::Kind::newline;
    if (lexer_.sees("&")) {
      node.parts.back() = of_kind(Node::Kind::apart, std::move(node.parts.back()));
    }
    if (ends_command) {
      lexer_.take();
      skip_lines();
    }
    if (ends_list()) {
      break;
    }
    is_broken_ = is_broken_ || !ends_command;
  }
  return node;
}

Node
Parser::chain(int depth)
{
  Node node{.kind = Node::Kind::chain};
  node.parts.push_back(pipeline(depth));
  while (!is_broken_ && (lexer_.sees("&&") || lexer_.sees("||"))) {
    node.is_or.push_back(lexer_.sees("||"));
    lexer_.take();
    skip_lines();
    node.parts.push_back(pipeline(depth));
  }
  return node.parts.size() == 1 ? Node(std::move(node.parts.front())) : std::move(node);
}

Node
Parser::pipeline(int depth)
{
  bool is_inverted = false;
  while (lexer_.sees("!")) {
    lexer_.take();
    is_inverted = !is_inverted;
  }
  Node node = command(depth);
  bool is_apart = false;
  while (!is_broken_ && (lexer_.sees("|") || lexer_.sees("|&"))) {
    lexer_.take();
    skip_lines();
    command(depth);
    is_apart = true;
  }
  node = is_apart ? of_kind(Node::Kind::apart, std::move(node)) : std::move(node);
  return is_inverted ? of_kind(Node::Kind::inversion, std::move(node)) : node;
}

bool
Parser::sees_compound()
{
  const Token& token = lexer_.peek();
  return lexer_.sees("(")
         || (token.kind == Token::Kind::word && begins_compound(token.at.of(lexer_.text()), lexer_.flavor()));
}

Node
Parser::command(int depth)
{
  const Token::Kind kind = lexer_.peek().kind;
  const bool can_begin = kind == Token::Kind::word || kind == Token::Kind::redirection || lexer_.sees("(");
  if (depth > max_depth || !can_begin || ends_list()) {
    return broken();
  }
  if (!sees_compound()) {
    return simple(depth);
  }
  const Token token = lexer_.take();
  Node node = compound(token.at.of(lexer_.text()), depth + 1);
  while (!is_broken_ && lexer_.peek().kind == Token::Kind::redirection) {
    redirection();
  }
  return node;
}

void
Parser::redirection()
{
  const std::string_view sign = lexer_.take().at.of(lexer_.text());
  const Token target = lexer_.take();
  if (target.kind != Token::Kind::word) {
    is_broken_ = true;
  } else if (sign == "<<" || sign == "<<-") {
    lexer_.expect_document(target.at, sign == "<<-");
  }
}

Node
Parser::simple(int depth)
{
  Node node;
  while (!is_broken_) {
    const Token& token = lexer_.peek();
    if (token.kind == Token::Kind::redirection) {
      // The number in front of it is no word: `2>file`.
      const bool has_number = !node.words.empty() && node.words.back().end == token.at.begin
                              && std::all_of(node.words.back().of(lexer_.text()).begin(),
                                             node.words.back().of(lexer_.text()).end(), is_digit);
      if (has_number) {
        node.words.pop_back();
      }
      node.reads_file = node.reads_file || lexer_.sees_reading();
      redirection();
      continue;
    }
    if (token.kind == Token::Kind::fault) {
      return broken();
    }
    if (token.kind != Token::Kind::word) {
      break;
    }
    const Span word = lexer_.take().at;
    const auto assignment = node.words.empty() ? assignment_of(lexer_.text(), word, lexer_.flavor()) : std::nullopt;
    if (assignment) {
      node.assignments.push_back(*assignment);
    } else {
      node.words.push_back(word);
    }
  }
  const bool has_bracket = lexer_.sees("(");
  const bool is_definition = has_bracket && node.words.size() == 1 && node.assignments.empty();
  return is_definition ? definition(depth + 1) : has_bracket ? broken() : node;
}

}  // namespace sluice::env::shell
